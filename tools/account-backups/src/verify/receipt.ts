import { createHash, createPublicKey, verify, type KeyObject } from 'node:crypto';
import { readFile } from 'node:fs/promises';
import { AppError, parse, receipt, signedReceipt, type Receipt, type SignedReceipt } from '@account-backups/contracts';

export interface CheckedReceipt {
  readonly receipt: Receipt;
  readonly keyId: string;
  /** Whether the key is the one that the caller trusts; false if none was named. */
  readonly keyTrusted: boolean;
}

/**
 * Reads a receipt and checks its signature (Ed25519, RFC 8032). `trustedKey` is the public key as a PEM file, or the
 * key's id. Throws `VALIDATION_FAILED` for a file that is no receipt and `RECEIPT_INVALID` for a signature that does
 * not hold.
 */
export async function readReceipt(file: string, trustedKey: string | undefined): Promise<CheckedReceipt> {
  const signed = parse(signedReceipt, await jsonOf(file), file);
  const key = publicKeyOf(signed);
  const isSigned = verify(null, Buffer.from(signed.receipt), key, Buffer.from(signed.signature, 'base64'));
  if (!isSigned) throw new AppError('RECEIPT_INVALID', `the signature of ${file} does not hold for what it states`);
  const keyId = idOf(key);
  if (keyId !== signed.keyId) throw new AppError('RECEIPT_INVALID', `${file} names another key than it carries`);
  const trustedId = trustedKey === undefined ? undefined : await trustedIdOf(trustedKey);
  if (trustedId !== undefined && trustedId !== keyId) {
    throw new AppError('RECEIPT_INVALID', `${file} is signed by the key ${keyId}, expected ${trustedId}`);
  }
  return { receipt: parse(receipt, stated(signed, file), file), keyId, keyTrusted: trustedId !== undefined };
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
  return readFile(file, 'utf8').catch((cause: unknown) => {
    throw new AppError('NOT_FOUND', `${file} cannot be read`, { cause });
  });
}
