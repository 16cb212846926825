import { accessSync, constants, mkdirSync } from 'node:fs';
import { homedir, tmpdir } from 'node:os';
import { join } from 'node:path';

/** Where fetched programs are kept between runs and checkouts: the user's cache folder, or one in the temporary folder. */
export function cacheFolder(): string {
  const home = process.env.XDG_CACHE_HOME ?? join(homedir(), '.cache');
  const preferred = join(home, 'account-backups');
  if (isWritable(preferred)) return preferred;
  const fallback = join(tmpdir(), `account-backups-${process.getuid?.() ?? 'user'}`);
  mkdirSync(fallback, { recursive: true, mode: 0o700 });
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
