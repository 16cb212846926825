export { ErrorFilter } from './error.filter.js';
export { asAppError } from './as-app-error.js';
export { Clock, SystemClock } from './clock.js';
export {
  databaseSettings,
  httpSettings,
  readConfiguration,
  serviceSettings,
  type BaseConfiguration,
} from './configuration.js';
export { Checked } from './http/checked.pipe.js';
export { sendProblem } from './http/problem.js';
export { TokenVerifier, type Bearer, type TokenIssuer } from './http/token-verifier.js';
export { JsonLogger } from './json-logger.js';
export { Counter, Gauge, Histogram, metrics } from './metrics.js';
export { Readiness } from './readiness.js';
export type { HttpDefinition } from './http/http-definition.js';
export { runService, type ServiceDefinition } from './run-service.js';
