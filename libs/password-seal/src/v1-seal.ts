// The seal before JWE: backups that were requested under the release before may still wait with one. Drop this file
// with the release after.
import { createDecipheriv, createPublicKey, diffieHellman, hkdfSync, type KeyObject } from 'node:crypto';

// An ECIES box: ephemeral X25519, HKDF-SHA-256, AES-256-GCM (RFC 7748, RFC 5869, NIST SP 800-38D).
const VERSION = 'v1.';
const PUBLIC_KEY_BYTES = 32;
const IV_BYTES = 12;
const TAG_BYTES = 16;

export const isV1Seal = (sealed: string): boolean => sealed.startsWith(VERSION);

/** Opens a seal of version 1; throws when the key or the context is another one or a byte was changed. */
export function openV1Seal(sealed: string, own: KeyObject, context: string): string {
  const box = Buffer.from(sealed.slice(VERSION.length), 'base64url');
  const ephemeralPublic = box.subarray(0, PUBLIC_KEY_BYTES);
  const iv = box.subarray(PUBLIC_KEY_BYTES, PUBLIC_KEY_BYTES + IV_BYTES);
  const decipher = createDecipheriv('aes-256-gcm', sharedKey(own, ephemeralPublic), iv)
    .setAAD(Buffer.from(context))
    .setAuthTag(box.subarray(-TAG_BYTES));
  const body = box.subarray(PUBLIC_KEY_BYTES + IV_BYTES, -TAG_BYTES);
  return Buffer.concat([decipher.update(body), decipher.final()]).toString('utf8');
}

function sharedKey(own: KeyObject, ephemeralPublic: Buffer): Buffer {
  const x = ephemeralPublic.toString('base64url');
  const publicKey = createPublicKey({ key: { kty: 'OKP', crv: 'X25519', x }, format: 'jwk' });
  const salt = Buffer.concat([ephemeralPublic, rawPublicKey(createPublicKey(own))]);
  const secret = diffieHellman({ privateKey: own, publicKey });
  return Buffer.from(hkdfSync('sha256', secret, salt, 'account-backups password seal', 32));
}

const rawPublicKey = (key: KeyObject): Buffer => Buffer.from(key.export({ format: 'jwk' }).x ?? '', 'base64url');
