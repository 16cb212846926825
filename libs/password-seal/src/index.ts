export { generateSealKeys, openPassword, sealPassword, type SealKeys } from './password-seal.js';
