import { createPrivateKey, createPublicKey, generateKeyPairSync } from 'node:crypto';
import { AppError } from '@account-backups/contracts';
import { CompactEncrypt, base64url, compactDecrypt } from 'jose';
import { isV1Seal, openV1Seal } from './v1-seal.js';

// A JWE (RFC 7516) to an X25519 key (RFC 8037). `apv` names the account: it is part of the derived key (RFC 7518, 4.6).
const KEY_AGREEMENT = 'ECDH-ES';
const ENCRYPTION = 'A256GCM';

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
 * (the account). Gives a compact JWE, different at each call.
 */
export function sealPassword(password: string, publicKey: string, context: string): Promise<string> {
  const recipient = createPublicKey({ key: Buffer.from(publicKey, 'base64'), type: 'spki', format: 'der' });
  return new CompactEncrypt(Buffer.from(password))
    .setProtectedHeader({ alg: KEY_AGREEMENT, enc: ENCRYPTION })
    .setKeyManagementParameters({ apv: Buffer.from(context) })
    .encrypt(recipient);
}

/** Opens what `sealPassword` made for the same `context`; throws `SEAL_UNREADABLE` for anything else. */
export async function openPassword(sealed: string, privateKey: string, context: string): Promise<string> {
  try {
    const own = createPrivateKey({ key: Buffer.from(privateKey, 'base64'), type: 'pkcs8', format: 'der' });
    if (isV1Seal(sealed)) return openV1Seal(sealed, own, context);
    const { plaintext, protectedHeader } = await compactDecrypt(sealed, own, {
      keyManagementAlgorithms: [KEY_AGREEMENT],
      contentEncryptionAlgorithms: [ENCRYPTION],
    });
    if (protectedHeader.apv !== base64url.encode(context)) throw new Error('the seal names another account');
    return Buffer.from(plaintext).toString('utf8');
  } catch (cause) {
    throw new AppError('SEAL_UNREADABLE', 'the sealed password was not made for this key and account', { cause });
  }
}
