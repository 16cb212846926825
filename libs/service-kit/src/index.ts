export { Clock } from './clock.js';
export {
  databaseSettings,
  httpSettings,
  limitSettings,
  objectStoreSettings,
  readConfiguration,
  serviceSettings,
} from './configuration.js';
// For tests, which host a service's module without `runService`.
export { ErrorFilter } from './errors/error.filter.js';
export { createHttpAdapter } from './http/http-adapter.js';
export { isPartAway } from './errors/is-part-away.js';
export { originOf, type CallerOrigin } from './http/caller-origin.js';
export { takeOver } from './http/answer-headers.js';
export { CallerLimits, type CountedCaller } from './http/caller-limits.js';
export { tokenType } from './http/access-token.js';
export { personOf, tokenIn, type Bearer } from './http/bearer.js';
export { hasDigest } from './http/body-headers.js';
export { acceptedWeights } from './http/accepted-weights.js';
export { Checked } from './http/checked.pipe.js';
export { tokenIssuer, TokenVerifier } from './http/token-verifier.js';
export { keyRing, keyRingFile, keyRingProvider } from './key-ring.provider.js';
export { OBJECT_STORE, objectStoreProvider } from './object-store.provider.js';
export { refuseWrongClock } from './operations/clock-check.js';
export { metrics } from './operations/metrics.js';
export { Readiness } from './operations/readiness.js';
export { runService } from './run-service.js';
export { RefusalFilter } from './trail/refusal.filter.js';
export { Refusals, type Refusal } from './trail/refusals.js';
export { BY_SYSTEM, byPerson, byProgram, trailRecordOf, type Happening } from './trail/trail-record.js';
export { Trail, type Note } from './trail/trail.js';
