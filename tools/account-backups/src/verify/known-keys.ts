// Trust on first use: a file keeps the ids of the keys whose receipts were believed, a line each.
import { appendFile } from 'node:fs/promises';
import { AppError } from '@account-backups/contracts';
import { readPlainFile } from '../archive/plain-file.js';

const MAX_FILE_BYTES = 1_048_576;
const KEY_ID = /^[0-9a-f]{64}$/i;

/** The ids in the file; none if there is no file yet. Throws `VALIDATION_FAILED` for a line that is no id. */
export async function readKnownKeys(file: string): Promise<ReadonlySet<string>> {
  const text = await readPlainFile(file, MAX_FILE_BYTES).catch((error: unknown) => {
    if (isMissing(error)) return '';
    throw error;
  });
  const lines = text.split('\n').map((line) => line.replace(/#.*/, '').trim());
  const ids = lines.filter((line) => line !== '');
  const wrong = ids.find((line) => !KEY_ID.test(line));
  if (wrong === undefined) return new Set(ids.map((id) => id.toLowerCase()));
  throw new AppError(
    'VALIDATION_FAILED',
    `${file}: expected the id of a key on each line, found ${wrong.slice(0, 80)}`,
  );
}

/** Keeps a key. Throws `CONFIGURATION_INVALID` where the file cannot be written. */
export async function rememberKey(file: string, keyId: string): Promise<void> {
  await appendFile(file, `${keyId}\n`, { mode: 0o600 }).catch((cause: unknown) => {
    throw new AppError('CONFIGURATION_INVALID', `${file} cannot be written, so the key ${keyId} is not kept`, {
      cause,
    });
  });
}

function isMissing(error: unknown): boolean {
  return error instanceof AppError && (error.cause as NodeJS.ErrnoException | undefined)?.code === 'ENOENT';
}
