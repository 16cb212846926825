import { randomBytes } from 'node:crypto';
import { readFileSync, renameSync, writeFileSync } from 'node:fs';
import { isDeepStrictEqual } from 'node:util';
import { pronounceablePassword } from './pronounceable-password.js';

/** What one local system keeps to itself, made once and kept with its data. */
export interface StackSecrets {
  readonly oidcClientId: string;
  readonly oidcClientSecret: string;
  /** Everybody's password at the local issuer. */
  readonly demoPassword: string;
}

/**
 * Reads the secrets of a data folder, or makes them at its first start; one that an older version did not have is
 * added, and one that nothing reads any more is removed. Only their owner can read the file.
 */
export function keptSecrets(file: string): StackSecrets {
  const kept = readKept(file);
  const fresh = makeSecrets();
  const secrets = { ...fresh, ...known(kept ?? {}, fresh) };
  if (kept && isDeepStrictEqual(kept, secrets)) return secrets;
  const draft = `${file}.new`;
  writeFileSync(draft, `${JSON.stringify(secrets, null, 2)}\n`, { mode: 0o600 });
  renameSync(draft, file);
  return secrets;
}

function makeSecrets(): StackSecrets {
  return {
    oidcClientId: 'gateway',
    oidcClientSecret: randomBytes(32).toString('base64url'),
    demoPassword: pronounceablePassword(),
  };
}

function known(kept: Partial<StackSecrets>, fresh: StackSecrets): Partial<StackSecrets> {
  return Object.fromEntries(Object.entries(kept).filter(([name]) => Object.hasOwn(fresh, name)));
}

function readKept(file: string): Partial<StackSecrets> | undefined {
  try {
    return JSON.parse(readFileSync(file, 'utf8')) as Partial<StackSecrets>;
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return undefined;
    throw error;
  }
}
