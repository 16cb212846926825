import {
  createCipheriv,
  createDecipheriv,
  createPrivateKey,
  createPublicKey,
  diffieHellman,
  generateKeyPairSync,
  hkdfSync,
  randomBytes,
  type KeyObject,
} from 'node:crypto';
import { AppError } from '@account-backups/contracts';

// An ECIES box: ephemeral X25519, HKDF-SHA-256, AES-256-GCM (RFC 7748, RFC 5869, NIST SP 800-38D).
const VERSION = 'v1.';
const PUBLIC_KEY_BYTES = 32;
const IV_BYTES = 12;
const TAG_BYTES = 16;

export interface SealKeys {
  /** Base64 of the SPKI DER. */
  readonly publicKey: string;
  /** Base64 of the PKCS #8 DER. */
  readonly privateKey: string;
}

/** A fresh key pair, in the form that `PASSWORD_SEAL_PUBLIC_KEY` and `PASSWORD_SEAL_PRIVATE_KEY` take. */
export function generateSealKeys(): SealKeys {
  const { publicKey, privateKey } = generateKeyPairSync('x25519');
  return {
    publicKey: publicKey.export({ type: 'spki', format: 'der' }).toString('base64'),
    privateKey: privateKey.export({ type: 'pkcs8', format: 'der' }).toString('base64'),
  };
}

/**
 * Seals a password so that only the holder of the private key can read it, and only for this `context`
 * (the account). Gives printable ASCII, different at each call.
 */
export function sealPassword(password: string, publicKey: string, context: string): string {
  const recipient = createPublicKey({ key: Buffer.from(publicKey, 'base64'), type: 'spki', format: 'der' });
  const ephemeral = generateKeyPairSync('x25519');
  const ephemeralPublic = rawPublicKey(ephemeral.publicKey);
  const key = sharedKey(ephemeral.privateKey, recipient, Buffer.concat([ephemeralPublic, rawPublicKey(recipient)]));
  const iv = randomBytes(IV_BYTES);
  const cipher = createCipheriv('aes-256-gcm', key, iv).setAAD(Buffer.from(context));
  const body = Buffer.concat([cipher.update(password, 'utf8'), cipher.final()]);
  return VERSION + Buffer.concat([ephemeralPublic, iv, body, cipher.getAuthTag()]).toString('base64url');
}

/** Opens what `sealPassword` made for the same `context`; throws `SEAL_UNREADABLE` for anything else. */
export function openPassword(sealed: string, privateKey: string, context: string): string {
  try {
    return open(sealed, privateKey, context);
  } catch (cause) {
    throw new AppError('SEAL_UNREADABLE', 'the sealed password was not made for this key and account', { cause });
  }
}

function open(sealed: string, privateKey: string, context: string): string {
  if (!sealed.startsWith(VERSION)) throw new Error(`expected a seal that starts with ${VERSION}`);
  const box = Buffer.from(sealed.slice(VERSION.length), 'base64url');
  const ephemeralPublic = box.subarray(0, PUBLIC_KEY_BYTES);
  const iv = box.subarray(PUBLIC_KEY_BYTES, PUBLIC_KEY_BYTES + IV_BYTES);
  const own = createPrivateKey({ key: Buffer.from(privateKey, 'base64'), type: 'pkcs8', format: 'der' });
  const info = Buffer.concat([ephemeralPublic, rawPublicKey(createPublicKey(own))]);
  const decipher = createDecipheriv('aes-256-gcm', sharedKey(own, publicKeyOf(ephemeralPublic), info), iv)
    .setAAD(Buffer.from(context))
    .setAuthTag(box.subarray(-TAG_BYTES));
  const body = box.subarray(PUBLIC_KEY_BYTES + IV_BYTES, -TAG_BYTES);
  return Buffer.concat([decipher.update(body), decipher.final()]).toString('utf8');
}

function sharedKey(privateKey: KeyObject, publicKey: KeyObject, salt: Buffer): Buffer {
  const secret = diffieHellman({ privateKey, publicKey });
  return Buffer.from(hkdfSync('sha256', secret, salt, 'account-backups password seal', 32));
}

function rawPublicKey(key: KeyObject): Buffer {
  return Buffer.from(key.export({ format: 'jwk' }).x ?? '', 'base64url');
}

function publicKeyOf(raw: Buffer): KeyObject {
  return createPublicKey({ key: { kty: 'OKP', crv: 'X25519', x: raw.toString('base64url') }, format: 'jwk' });
}
