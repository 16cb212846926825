import { createPrivateKey, createPublicKey } from 'node:crypto';

/** Whether it is the PKCS #8 DER of a private key of that type (`ed25519`, `x25519`). */
export function isPrivateHalf(key: Buffer, type: string): boolean {
  try {
    return createPrivateKey({ key, type: 'pkcs8', format: 'der' }).asymmetricKeyType === type;
  } catch {
    return false;
  }
}

/** Whether it is the SPKI DER of a public key of that type. */
export function isPublicHalf(key: Buffer, type: string): boolean {
  try {
    return createPublicKey({ key, type: 'spki', format: 'der' }).asymmetricKeyType === type;
  } catch {
    return false;
  }
}

/** The SPKI DER of the public half of a private key (PKCS #8 DER). */
export function publicHalfOf(privateHalf: Buffer): Buffer {
  const key = createPublicKey(createPrivateKey({ key: privateHalf, type: 'pkcs8', format: 'der' }));
  return key.export({ type: 'spki', format: 'der' });
}
