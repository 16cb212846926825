import { createHash, createPublicKey, verify, type KeyObject } from 'node:crypto';
import {
  AppError,
  MIB,
  parse,
  receipt,
  signedReceipt,
  type Receipt,
  type SignedReceipt,
} from '@account-backups/contracts';
import { readPlainFile } from '../archive/plain-file.js';
import { readKnownKeys } from './known-keys.js';

/** Who says that the receipt's key is the operator's: the caller, or a file of keys that were believed before. */
export type Voucher = 'receipt-key' | 'known-keys';

export interface CheckedReceipt {
  readonly receipt: Receipt;
  readonly keyId: string;
  /** Null where nobody does: anybody can sign with a key of their own. */
  readonly keyVouchedBy: Voucher | null;
  /** Whether the file of known keys is still empty, so that this one may be the first in it. */
  readonly mayBeFirst: boolean;
}

/** `trustedKey`: a public key as a PEM file, or its id. `knownKeys`: a file as `readKnownKeys` reads it. */
interface Trust {
  readonly trustedKey?: string | undefined;
  readonly knownKeys?: string | undefined;
}

const MAX_RECEIPT_BYTES = 64 * MIB;

/**
 * Reads a receipt and checks its signature (Ed25519, RFC 8032). Throws `VALIDATION_FAILED` for a file that is no
 * receipt, and `RECEIPT_INVALID` for a signature that does not hold or a key that is not one of the trusted.
 */
export async function readReceipt(file: string, trust: Trust): Promise<CheckedReceipt> {
  const signed = parse(signedReceipt, await jsonOf(file), file);
  const key = publicKeyOf(signed);
  const isSigned = verify(null, Buffer.from(signed.receipt), key, Buffer.from(signed.signature, 'base64'));
  if (!isSigned) throw new AppError('RECEIPT_INVALID', `the signature of ${file} does not hold for what it states`);
  const keyId = idOf(key);
  if (keyId !== signed.keyId) throw new AppError('RECEIPT_INVALID', `${file} names another key than it carries`);
  return { receipt: parse(receipt, stated(signed, file), file), keyId, ...(await vouched(file, keyId, trust)) };
}

async function vouched(
  file: string,
  keyId: string,
  { trustedKey, knownKeys }: Trust,
): Promise<Pick<CheckedReceipt, 'keyVouchedBy' | 'mayBeFirst'>> {
  const trustedId = trustedKey === undefined ? undefined : await trustedIdOf(trustedKey);
  if (trustedId !== undefined && trustedId !== keyId) throw otherKey(file, keyId, `expected ${trustedId}`);
  const known = knownKeys === undefined ? undefined : await readKnownKeys(knownKeys);
  if (known && known.size > 0 && !known.has(keyId)) {
    const where = `not by one that ${knownKeys} knows: ${[...known].join(', ')}`;
    throw otherKey(file, keyId, `${where}. Ask the operator whether the key was changed before you add it there`);
  }
  const remembered = known?.has(keyId) ? 'known-keys' : null;
  return { keyVouchedBy: trustedId === undefined ? remembered : 'receipt-key', mayBeFirst: known?.size === 0 };
}

function otherKey(file: string, keyId: string, expected: string): AppError {
  return new AppError('RECEIPT_INVALID', `${file} is signed by the key ${keyId}, ${expected}`);
}

function stated({ receipt: text }: SignedReceipt, file: string): unknown {
  try {
    return JSON.parse(text);
  } catch (cause) {
    throw new AppError('VALIDATION_FAILED', `what ${file} states is not JSON`, { cause });
  }
}

function publicKeyOf({ publicKey }: SignedReceipt): KeyObject {
  const key = readKey(publicKey);
  if (key?.asymmetricKeyType === 'ed25519') return key;
  throw new AppError('RECEIPT_INVALID', 'the receipt carries no Ed25519 public key');
}

function readKey(pem: string): KeyObject | undefined {
  try {
    return createPublicKey(pem);
  } catch {
    return undefined;
  }
}

async function trustedIdOf(fileOrId: string): Promise<string> {
  if (/^[0-9a-f]{64}$/i.test(fileOrId)) return fileOrId.toLowerCase();
  const key = readKey(await textOf(fileOrId));
  if (key) return idOf(key);
  throw new AppError('VALIDATION_FAILED', `${fileOrId} is neither a public key (PEM) nor the id of one`);
}

function idOf(key: KeyObject): string {
  return createHash('sha256')
    .update(key.export({ type: 'spki', format: 'der' }))
    .digest('hex');
}

async function jsonOf(file: string): Promise<unknown> {
  const text = await textOf(file);
  try {
    return JSON.parse(text);
  } catch (cause) {
    throw new AppError('VALIDATION_FAILED', `${file} is not JSON`, { cause });
  }
}

function textOf(file: string): Promise<string> {
  return readPlainFile(file, MAX_RECEIPT_BYTES);
}
