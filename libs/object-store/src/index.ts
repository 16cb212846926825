export { accountPrefix, archiveKey, backupPrefix, fileKey, planKey, recordKey, type NumberedKey } from './keys.js';
export type * from './object-store.js';
export { maxPartBytes, maxPartNumber, minPartBytes } from './object-store.js';
export { openObjectStore } from './open-object-store.js';
export { randomKeyPart } from './random-key-part.js';
