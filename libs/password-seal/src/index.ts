export { openPassword, sealKeyId, sealPassword, type SealKey } from './password-seal.js';
