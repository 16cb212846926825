import { createHash } from 'node:crypto';
import { existsSync, mkdirSync, readdirSync, readFileSync, statSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';

/** Builds the gateway's page when its sources changed since the last time. `npm` takes arguments and an environment. */
export async function buildPage(root, npm) {
  const gateway = join(root, 'services/gateway');
  const { scripts = {} } = JSON.parse(readFileSync(join(gateway, 'package.json'), 'utf8'));
  if (!scripts['build:page']) return;
  const stamp = join(root, 'node_modules/.cache/account-backups/page-stamp');
  const fingerprint = fingerprintOf(join(gateway, 'web'), [join(root, 'libs/contracts/src/archive-password.ts')]);
  const isBuilt = existsSync(join(gateway, 'web/dist/index.html'));
  if (isBuilt && existsSync(stamp) && readFileSync(stamp, 'utf8') === fingerprint) return;
  // Vite takes NODE_ENV from its environment: tests say `test`, and the page would be the slow one of a developer.
  const production = { NODE_ENV: 'production' };
  await npm(['run', '--silent', 'build:page', '--workspace', 'services/gateway'], production);
  mkdirSync(dirname(stamp), { recursive: true });
  writeFileSync(stamp, fingerprint);
}

/** Of all sources in a folder, and of what the page takes from elsewhere. */
function fingerprintOf(folder, others) {
  const hash = createHash('sha256');
  const files = readdirSync(folder, { recursive: true, encoding: 'utf8' }).filter(isSource);
  files.sort((one, other) => one.localeCompare(other, 'en'));
  for (const file of files) {
    const path = join(folder, file);
    if (statSync(path).isFile()) hash.update(`${file}\0`).update(readFileSync(path));
  }
  for (const path of others) if (existsSync(path)) hash.update(readFileSync(path));
  return hash.digest('hex');
}

function isSource(file) {
  return !file.split('/').some((name) => name === 'node_modules' || name === 'dist');
}
