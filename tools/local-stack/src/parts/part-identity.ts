// Postgres refuses to run as root. As root, parts run as `nobody`; below a folder that only root may enter (a checkout
// in /root) they keep one capability, to pass such folders, and nothing else.
import { chownSync, mkdirSync, statSync } from 'node:fs';
import { dirname, resolve } from 'node:path';

const NOBODY = 65_534;

interface PartIdentity {
  /** Arguments of `setpriv`. */
  readonly arguments: readonly string[];
}

/** Under which identity a part runs that must reach all of `paths`. */
export function partIdentity(paths: readonly string[]): PartIdentity {
  if (!isRoot()) return { arguments: [] };
  const user = [`--reuid=${NOBODY}`, `--regid=${NOBODY}`, '--clear-groups'];
  return { arguments: paths.every(isReachableByAll) ? user : [...user, ...passClosedFolders] };
}

// Postgres asks access(2), which drops the capabilities of an ordinary user unless no_setuid_fixup is set.
const passClosedFolders = [
  '--securebits=+no_setuid_fixup',
  '--inh-caps=-all,+dac_override',
  '--ambient-caps=-all,+dac_override',
  '--bounding-set=-all,+dac_override',
];

/** Makes a folder that belongs to the user who runs the parts. */
export function makePartFolder(path: string): void {
  mkdirSync(dirname(path), { recursive: true });
  mkdirSync(path, { recursive: true, mode: 0o700 });
  giveToPart(path);
}

/** Hands a file or folder to the user who runs the parts. */
export function giveToPart(path: string): void {
  if (isRoot()) chownSync(path, NOBODY, NOBODY);
}

function isRoot(): boolean {
  return process.getuid?.() === 0;
}

/** Whether every user may enter all folders above `path`. */
function isReachableByAll(path: string): boolean {
  const parent = dirname(resolve(path));
  if ((statSync(parent).mode & 0o001) === 0) return false;
  return parent === '/' || isReachableByAll(parent);
}
