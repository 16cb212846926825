// The one place that knows where things lie in the store: everything of an account under the account's prefix,
// everything of a backup under the backup's, each with a random part that cannot be guessed; checkpoints of the audit
// apart from them, so that a right to the one is none to the other.
import { AppError, SYSTEM_CHAIN } from '@account-backups/contracts';

const SIZE_DIGITS = 16;

/** One numbered object of a backup: `ordinal` counts segments from 0. */
interface NumberedKey {
  readonly accountId: string;
  readonly backupId: string;
  readonly random: string;
  readonly ordinal: number;
}

/** As `NumberedKey`, for what several attempts may write: `fence` is the number of the attempt's claim. */
interface FencedKey extends NumberedKey {
  readonly fence: number;
}

/** All objects of one backup: its archive, plans and records. */
export function backupPrefix(accountId: string, backupId: string): string {
  return `${accountPrefix(accountId)}backups/${encodeId(backupId)}/`;
}

/** A document file's content. `random`: at least 22 characters of `[A-Za-z0-9_-]`, from `randomKeyPart`. */
export function fileKey(accountId: string, random: string): string {
  const secret = checkRandom(random);
  return `${accountPrefix(accountId)}files/${secret.slice(0, 2)}/${secret}`;
}

/** An archive. A new build of the same backup takes a new `random`. */
export function archiveKey(accountId: string, backupId: string, random: string): string {
  return `${backupPrefix(accountId, backupId)}${checkRandom(random)}/archive.zip`;
}

/** The plan of one segment. */
export function planKey(key: NumberedKey): string {
  return `${numbered(key, 'plans')}.ndjson`;
}

/** The record that an attempt at a segment leaves. A builder that lost its claim cannot overwrite another one's. */
export function recordKey(key: FencedKey): string {
  return `${numbered(key, 'records')}-${wholeNumber('fence', key.fence)}.json`;
}

/** The tail of a segment: bytes too few to be a part. */
export function tailKey(key: FencedKey): string {
  return `${recordKey(key)}.tail`;
}

/** A segment's pieces of the growing texts. */
export function textsKey(key: FencedKey): string {
  return `${recordKey(key)}.texts`;
}

/** All checkpoints of a chain of the audit. */
export function checkpointsPrefix(chainId: string): string {
  return `audit/${chainId === SYSTEM_CHAIN ? chainId : encodeId(chainId)}/`;
}

/** The checkpoint of a chain at a size: keys in order are sizes in order. */
export function checkpointKey(chainId: string, size: number): string {
  return `${checkpointsPrefix(chainId)}${wholeNumber('size', size).padStart(SIZE_DIGITS, '0')}.txt`;
}

/** The size of which a key holds the checkpoint; null for another key. */
export function checkpointSizeOf(key: string): number | null {
  const [, digits] = /^audit\/[^/]+\/(\d{16})\.txt$/.exec(key) ?? [];
  return digits === undefined ? null : Number(digits);
}

/** What a key belongs to. */
type KeyOwner =
  | { readonly kind: 'content'; readonly accountId: string }
  | { readonly kind: 'backup'; readonly accountId: string; readonly backupId: string };

/** Whose object lies under a key; null for a key that was not made here. */
export function ownerOf(key: string): KeyOwner | null {
  const [accounts, account, kind, id, ...rest] = key.split('/');
  if (accounts !== 'accounts' || account === undefined || id === undefined || rest.length === 0) return null;
  const accountId = decodeId(account);
  if (kind === 'files') return { kind: 'content', accountId };
  return kind === 'backups' ? { kind: 'backup', accountId, backupId: decodeId(id) } : null;
}

function accountPrefix(accountId: string): string {
  return `accounts/${encodeId(accountId)}/`;
}

function numbered(key: NumberedKey, kind: string): string {
  const ordinal = wholeNumber('ordinal', key.ordinal).padStart(6, '0');
  return `${backupPrefix(key.accountId, key.backupId)}${checkRandom(key.random)}/${kind}/${ordinal}`;
}

function wholeNumber(name: string, value: number): string {
  if (Number.isSafeInteger(value) && value >= 0) return String(value);
  throw new AppError('VALIDATION_FAILED', `${name} ${value} is not a whole number from 0`);
}

// Injective, and the same on file systems that fold case or dislike dots and colons: anything else becomes `=hh`.
function encodeId(id: string): string {
  if (!/^[A-Za-z0-9._:-]{1,64}$/.test(id)) {
    throw new AppError('VALIDATION_FAILED', `id ${JSON.stringify(id)} is not [A-Za-z0-9._:-]{1,64}`);
  }
  return id.replace(/[^a-z0-9_-]/g, (character) => `=${character.charCodeAt(0).toString(16)}`);
}

function decodeId(encoded: string): string {
  return encoded.replace(/=([0-9a-f]{2})/g, (_match, code: string) => String.fromCharCode(Number.parseInt(code, 16)));
}

// The message does not show the value: nobody may learn it.
function checkRandom(random: string): string {
  if (/^[A-Za-z0-9_-]{22,128}$/.test(random)) return random;
  throw new AppError('VALIDATION_FAILED', 'the random part of a key is not [A-Za-z0-9_-]{22,128}');
}
