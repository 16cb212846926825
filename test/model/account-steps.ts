// Single steps that a random walk takes on the real system and on the rules alike.
import type fc from 'fast-check';
import { directorySteps } from './directory-steps.js';
import { downloadSteps } from './download-steps.js';
import { foreignSteps } from './foreign-steps.js';
import { lookSteps } from './look-steps.js';
import { raceSteps } from './race-steps.js';
import { requestSteps } from './request-steps.js';
import { subscriptionSteps } from './subscription-steps.js';
import type { Step } from './walk-step.js';

export const steps: fc.Arbitrary<Step>[] = [
  ...directorySteps,
  ...requestSteps,
  ...lookSteps,
  ...downloadSteps,
  ...subscriptionSteps,
  ...raceSteps,
  ...foreignSteps,
];
