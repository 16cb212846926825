// The one place that knows under which keys things lie. Everything of an account is under its prefix, everything
// of a backup under the backup's; each key holds a random part that cannot be guessed.
import { AppError } from '@account-backups/contracts';

/** One numbered object of a backup: `ordinal` counts segments from 0. */
export interface NumberedKey {
  readonly accountId: string;
  readonly backupId: string;
  readonly random: string;
  readonly ordinal: number;
}

/** `accounts/<account>/`: all objects of an account, and of no other. */
export function accountPrefix(accountId: string): string {
  return `accounts/${encodeId(accountId)}/`;
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

/** The record that a segment's builder leaves. */
export function recordKey(key: NumberedKey): string {
  return `${numbered(key, 'records')}.json`;
}

function numbered(key: NumberedKey, kind: string): string {
  if (!Number.isSafeInteger(key.ordinal) || key.ordinal < 0) {
    throw new AppError('VALIDATION_FAILED', `ordinal ${key.ordinal} is not a whole number from 0`);
  }
  const ordinal = String(key.ordinal).padStart(6, '0');
  return `${backupPrefix(key.accountId, key.backupId)}${checkRandom(key.random)}/${kind}/${ordinal}`;
}

// Injective, and the same on file systems that fold case or dislike dots and colons: anything else becomes `=hh`.
function encodeId(id: string): string {
  if (!/^[A-Za-z0-9._:-]{1,64}$/.test(id)) {
    throw new AppError('VALIDATION_FAILED', `id ${JSON.stringify(id)} is not [A-Za-z0-9._:-]{1,64}`);
  }
  return id.replace(/[^a-z0-9_-]/g, (character) => `=${character.charCodeAt(0).toString(16)}`);
}

// The message does not show the value: it is the part nobody may guess.
function checkRandom(random: string): string {
  if (/^[A-Za-z0-9_-]{22,128}$/.test(random)) return random;
  throw new AppError('VALIDATION_FAILED', 'the random part of a key is not [A-Za-z0-9_-]{22,128}');
}
