export { keyKinds, type KeyKind } from './key-kinds.js';
export { KeyRing, parseKeyRing, RingKey } from './key-ring.js';
export { LiveKeyRing, type RingReport } from './live-key-ring.js';
