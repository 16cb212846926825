import { accessSync, constants, mkdirSync, statSync } from 'node:fs';
import { homedir, tmpdir } from 'node:os';
import { join } from 'node:path';
import { partMissing } from '../system/stack-error.js';

/**
 * Where fetched programs are kept between runs and checkouts: the user's cache folder, or one in the temporary folder.
 */
export function cacheFolder(): string {
  const home = process.env.XDG_CACHE_HOME ?? join(homedir(), '.cache');
  const preferred = join(home, 'account-backups');
  if (isWritable(preferred)) return preferred;
  const user = process.getuid?.() ?? 0;
  const fallback = join(tmpdir(), `account-backups-${user}`);
  mkdirSync(fallback, { recursive: true, mode: 0o700 });
  // Programs are run from here: a folder that somebody else prepared is not trusted.
  if (statSync(fallback).uid !== user) throw partMissing(`${fallback} belongs to another user: set XDG_CACHE_HOME.`);
  return fallback;
}

function isWritable(folder: string): boolean {
  try {
    mkdirSync(folder, { recursive: true });
    accessSync(folder, constants.W_OK);
    return true;
  } catch {
    return false;
  }
}
