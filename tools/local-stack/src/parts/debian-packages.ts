// Debian packages without root: apt-get fetches a package and what it needs, dpkg-deb unpacks it into a cache folder.
import { execFile } from 'node:child_process';
import { existsSync, mkdirSync, mkdtempSync, readdirSync, renameSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { cacheFolder } from './cache-folder.js';

const run = promisify(execFile);

/** The folder into which the packages were unpacked before; undefined when they were not. */
export function cachedDebianPackages(name: string): string | undefined {
  const root = join(cacheFolder(), 'debian', name);
  return existsSync(root) ? root : undefined;
}

/**
 * Fetches a Debian package with everything it depends on that the system lacks, and unpacks it below the cache folder
 * of the user. Returns the folder that stands for `/`. Rejects where there is no apt-get, no network, no such package.
 */
export async function unpackDebianPackages(name: string): Promise<string> {
  const parent = join(cacheFolder(), 'debian');
  mkdirSync(parent, { recursive: true });
  const draft = mkdtempSync(join(parent, `${name}.new-`));
  try {
    await download(name, draft);
    return await unpack(draft, join(parent, name));
  } finally {
    rmSync(draft, { recursive: true, force: true });
  }
}

async function download(name: string, draft: string): Promise<void> {
  const options = apt(draft);
  const fetch = ['--yes', '--no-install-recommends', '--download-only', 'install', name];
  try {
    await run('apt-get', [...options, ...fetch]);
  } catch {
    // The system's package lists are missing or old: read them again, into a folder of our own.
    const lists = join(draft, 'lists');
    mkdirSync(join(lists, 'partial'), { recursive: true });
    const own = [...options, '-o', `Dir::State::lists=${lists}`];
    await run('apt-get', [...own, 'update']);
    await run('apt-get', [...own, ...fetch]);
  }
}

function apt(draft: string): readonly string[] {
  const settings = [`Dir::Cache=${draft}`, 'Debug::NoLocking=1', `APT::Sandbox::User=${process.env.USER ?? 'root'}`];
  mkdirSync(join(draft, 'archives/partial'), { recursive: true });
  return ['--quiet=2', ...settings.flatMap((setting) => ['-o', setting])];
}

async function unpack(draft: string, root: string): Promise<string> {
  const content = join(draft, 'root');
  const archives = join(draft, 'archives');
  for (const file of readdirSync(archives).filter((entry) => entry.endsWith('.deb'))) {
    await run('dpkg-deb', ['--extract', join(archives, file), content]);
  }
  try {
    renameSync(content, root);
  } catch (error) {
    // Another run was faster; its folder is as good.
    if (!existsSync(root)) throw error;
  }
  return root;
}
