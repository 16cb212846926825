import { createPrivateKey, createPublicKey, type KeyObject } from 'node:crypto';
import { AppError } from '@account-backups/contracts';
import { CompactEncrypt, base64url, compactDecrypt, decodeProtectedHeader } from 'jose';
import { isV1Seal, openV1Seal } from './v1-seal.js';

// A JWE (RFC 7516) to an X25519 key (RFC 8037). `apv` names account and backup: it is part of the derived key (RFC
// 7518, 4.6), and as part of the protected header of what the cipher authenticates.
const KEY_AGREEMENT = 'ECDH-ES';
const ENCRYPTION = 'A256GCM';

/** A key and its id: the SPKI DER to seal with, the PKCS #8 DER to open with. */
export interface SealKey {
  readonly keyId: string;
  readonly bytes: Buffer;
}

/** What a seal is for, and nothing else. */
interface SealedFor {
  readonly accountId: string;
  readonly backupId: string;
}

/**
 * Seals a password so that only the holder of the private half can read it, and only for this backup. Gives a compact
 * JWE that names the key, different at each call.
 */
export function sealPassword(password: string, { keyId, bytes }: SealKey, sealedFor: SealedFor): Promise<string> {
  const recipient = createPublicKey({ key: bytes, type: 'spki', format: 'der' });
  return new CompactEncrypt(Buffer.from(password))
    .setProtectedHeader({ alg: KEY_AGREEMENT, enc: ENCRYPTION, kid: keyId })
    .setKeyManagementParameters({ apv: Buffer.from(nameOf(sealedFor)) })
    .encrypt(recipient);
}

/** Opens what `sealPassword` made for the same backup and one of these keys; throws `SEAL_UNREADABLE` for all else. */
export async function openPassword(sealed: string, keys: readonly SealKey[], sealedFor: SealedFor): Promise<string> {
  const keyId = sealKeyId(sealed);
  if (keyId === null) return openFormer(sealed, keys, sealedFor.accountId);
  const key = keys.find((candidate) => candidate.keyId === keyId);
  if (!key) throw unreadable();
  try {
    return await openJwe(sealed, privateKeyOf(key), nameOf(sealedFor));
  } catch (cause) {
    throw unreadable(cause);
  }
}

/** The id of the key that a seal is for; null for one of the release before, which names none. */
export function sealKeyId(sealed: string): string | null {
  if (isV1Seal(sealed)) return null;
  try {
    return decodeProtectedHeader(sealed).kid ?? null;
  } catch {
    return null;
  }
}

/** Of the release before: bound to the account, for a key that it does not name. Drop it with the release after. */
async function openFormer(sealed: string, keys: readonly SealKey[], accountId: string): Promise<string> {
  for (const key of keys) {
    try {
      const own = privateKeyOf(key);
      return isV1Seal(sealed) ? openV1Seal(sealed, own, accountId) : await openJwe(sealed, own, accountId);
    } catch {
      // The next one, perhaps.
    }
  }
  throw unreadable();
}

async function openJwe(sealed: string, own: KeyObject, name: string): Promise<string> {
  const { plaintext, protectedHeader } = await compactDecrypt(sealed, own, {
    keyManagementAlgorithms: [KEY_AGREEMENT],
    contentEncryptionAlgorithms: [ENCRYPTION],
  });
  if (protectedHeader.apv !== base64url.encode(name)) throw new Error('the seal is for something else');
  return Buffer.from(plaintext).toString('utf8');
}

/** No id has a slash. */
function nameOf({ accountId, backupId }: SealedFor): string {
  return `${accountId}/${backupId}`;
}

function privateKeyOf({ bytes }: SealKey): KeyObject {
  return createPrivateKey({ key: bytes, type: 'pkcs8', format: 'der' });
}

function unreadable(cause?: unknown): AppError {
  return new AppError('SEAL_UNREADABLE', 'the sealed password was not made for this key and backup', { cause });
}
