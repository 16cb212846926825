// Where the local system is: its data folder, and the record that `npm start` leaves there while it runs.
import { readFileSync } from 'node:fs';
import { resolve } from 'node:path';
import { fileURLToPath } from 'node:url';
import { AppError } from '@account-backups/contracts';
import { runFileOf, type RunRecord } from '@account-backups/local-stack/system/run-file.js';

export type Environment = Readonly<Record<string, string | undefined>>;

const settings = {
  gatewayUrl: 'GATEWAY_URL',
  subscriptionsUrl: 'SUBSCRIPTIONS_URL',
  issuerUrl: 'OIDC_ISSUER',
  rabbitmqUrl: 'RABBITMQ_URL',
  objectStoreUrl: 'OBJECT_STORE_URL',
} as const satisfies Partial<Record<keyof RunRecord, string>>;

/** `DATA_DIR` or `.data`, from the top of the checkout whatever the working directory is. */
export function dataDirOf(environment: Environment): string {
  const top = fileURLToPath(new URL('../../../..', import.meta.url));
  return resolve(top, environment.DATA_DIR || '.data');
}

/** The address of a part: from the environment, else from the running system. Throws `CONFIGURATION_INVALID`. */
export function addressOf(part: keyof typeof settings, environment: Environment): string {
  const variable = settings[part];
  const given = environment[variable] || readRunRecord(dataDirOf(environment))[part];
  if (given) return given.replace(/\/$/, '');
  const where = dataDirOf(environment);
  throw new AppError(
    'CONFIGURATION_INVALID',
    `no system runs with the data folder ${where}: start it with npm start, or set ${variable}`,
  );
}

function readRunRecord(dataDir: string): Partial<RunRecord> {
  const file = runFileOf(dataDir);
  try {
    return JSON.parse(readFileSync(file, 'utf8')) as Partial<RunRecord>;
  } catch (cause) {
    if ((cause as NodeJS.ErrnoException).code === 'ENOENT') return {};
    throw new AppError('CONFIGURATION_INVALID', `${file} cannot be read: expected the record of npm start`, { cause });
  }
}
