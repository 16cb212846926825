import { randomUUID } from 'node:crypto';
import { link, mkdir, readFile, rm, writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { AppError } from '@account-backups/contracts';
import { calculateJwkThumbprint, exportJWK, generateKeyPair, type JWK } from 'jose';

export const SIGNING_ALGORITHM = 'ES256';

interface SigningKeys {
  /** JWK set (RFC 7517) with private keys; the first one signs. */
  readonly jwks: { readonly keys: JWK[] };
}

/**
 * The local issuer's keys from `<dataDir>/issuer/keys.json`, made by whoever comes first: several processes may ask at
 * once, all get the same keys. Only the owner can read the file. Throws `CONFIGURATION_INVALID` for a damaged one.
 */
export async function loadOrCreateSigningKeys(dataDir: string): Promise<SigningKeys> {
  const file = join(dataDir, 'issuer', 'keys.json');
  return (await readKeys(file)) ?? createKeys(file);
}

async function createKeys(file: string): Promise<SigningKeys> {
  // Processes of other users must be able to pass the data folder; only its owner may enter this one.
  await mkdir(dirname(dirname(file)), { recursive: true, mode: 0o711 });
  await mkdir(dirname(file), { recursive: true, mode: 0o700 });
  const draft = `${file}.${randomUUID()}`;
  await writeFile(draft, JSON.stringify({ keys: [await newKey()] }), { mode: 0o600, flag: 'wx' });
  try {
    // Unlike a rename, a link never replaces keys that another process has written meanwhile.
    await link(draft, file);
  } catch (error) {
    if (!isCode(error, 'EEXIST')) throw error;
  } finally {
    await rm(draft, { force: true });
  }
  const keys = await readKeys(file);
  if (!keys) throw new AppError('CONFIGURATION_INVALID', `${file} vanished while it was made; try again`);
  return keys;
}

async function newKey(): Promise<JWK> {
  const { privateKey } = await generateKeyPair(SIGNING_ALGORITHM, { extractable: true });
  const jwk = await exportJWK(privateKey);
  return { ...jwk, kid: await calculateJwkThumbprint(jwk), alg: SIGNING_ALGORITHM, use: 'sig' };
}

async function readKeys(file: string): Promise<SigningKeys | undefined> {
  const text = await readFile(file, 'utf8').catch((error: unknown) => {
    if (isCode(error, 'ENOENT')) return undefined;
    throw error;
  });
  if (text === undefined) return undefined;
  return { jwks: { keys: keysIn(text, file) } };
}

function keysIn(text: string, file: string): JWK[] {
  const damaged = (cause?: unknown) =>
    new AppError('CONFIGURATION_INVALID', `${file} holds no signing key; remove it and start again`, { cause });
  let value: { readonly keys?: unknown } | null;
  try {
    value = JSON.parse(text) as typeof value;
  } catch (cause) {
    throw damaged(cause);
  }
  if (!Array.isArray(value?.keys) || value.keys.length === 0 || !value.keys.every(isPrivateKey)) throw damaged();
  return value.keys;
}

function isPrivateKey(value: unknown): value is JWK {
  const { kid, d } = (value ?? {}) as JWK;
  return typeof kid === 'string' && typeof d === 'string';
}

function isCode(error: unknown, code: string): boolean {
  return typeof error === 'object' && error !== null && 'code' in error && error.code === code;
}
