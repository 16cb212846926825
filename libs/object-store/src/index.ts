export {
  archiveKey,
  backupPrefix,
  checkpointKey,
  checkpointSizeOf,
  checkpointsPrefix,
  fileKey,
  ownerOf,
  planKey,
  recordKey,
  tailKey,
  textsKey,
} from './keys/keys.js';
export { randomKeyPart } from './keys/random-key-part.js';
export type * from './object-store.js';
export { MAX_PART_BYTES, MAX_PART_NUMBER, MIN_PART_BYTES } from './object-store.js';
export { openObjectStore } from './open-object-store.js';
