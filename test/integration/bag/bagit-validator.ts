import { execFile } from 'node:child_process';
import { access } from 'node:fs/promises';
import { homedir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';

const run = promisify(execFile);
const BAGIT = 'bagit==1.9.0';

/** A Python that can `import bagit`: the system's, or that of a virtual environment made once in the cache. */
export async function pythonWithBagit(): Promise<string> {
  if (await canImportBagit('python3')) return 'python3';
  const cache = process.env['XDG_CACHE_HOME'] || join(homedir(), '.cache');
  const environment = join(cache, 'account-backups', 'bagit-venv');
  const python = join(environment, 'bin', 'python');
  if ((await exists(python)) && (await canImportBagit(python))) return python;
  await run('python3', ['-m', 'venv', '--clear', environment]);
  await run(python, ['-m', 'pip', 'install', '--quiet', '--disable-pip-version-check', BAGIT]);
  return python;
}

async function canImportBagit(python: string): Promise<boolean> {
  return run(python, ['-c', 'import bagit']).then(
    () => true,
    () => false,
  );
}

async function exists(path: string): Promise<boolean> {
  return access(path).then(
    () => true,
    () => false,
  );
}
