export { publicHalfOf } from './key-halves.js';
export { keyKinds, type KeyKind } from './key-kinds.js';
export { KeyRing, parseKeyRing, RingKey } from './key-ring.js';
export { keyStatus, type KeyStatus } from './key-status.js';
export { LiveKeyRing } from './live-key-ring.js';
export { newKey, receiptKeyId } from './new-key.js';
export { RingFolder, type KeyNote } from './ring-folder.js';
export { ringNames, ringPlaces, type RingName, type RingPlace } from './rings.js';
