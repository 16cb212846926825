// Loads the demo accounts into a running system, over HTTP alone, once for a data folder.
import { existsSync } from 'node:fs';
import { mkdir, rename, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { inspect } from 'node:util';
import { AppError } from '@account-backups/contracts';
import { mintLocalToken } from 'account-backups/system/local-token.js';
import { addressOf, dataDirOf } from 'account-backups/system/running-system.js';
import { ApiClient } from 'account-backups/system/api-client.js';
import { complain } from 'account-backups/terminal/output.js';
import { DEFAULT_SEED, demoAccounts } from './demo-accounts.js';
import { loadAccount, type LoadedAccount } from './load-account.js';

const MARKER = 'demo-loaded.json';

try {
  await load();
} catch (error) {
  const sentence = error instanceof AppError ? `${error.code}: ${error.message}` : inspect(error);
  complain(['The demo data could not be loaded.', ...sentence.split('\n')]);
  process.exitCode = 1;
}

async function load(): Promise<void> {
  const dataDir = dataDirOf(process.env);
  if (existsSync(join(dataDir, MARKER))) return progress('loaded already');
  const token = process.env.ACCOUNT_BACKUPS_TOKEN ?? (await tokenOf(dataDir));
  const onRetry = ({ message }: AppError) => progress(`${message}; trying again`);
  const options = {
    gateway: new ApiClient({ baseUrl: addressOf('gatewayUrl', process.env), token, onRetry }),
    subscriptions: new ApiClient({ baseUrl: addressOf('subscriptionsUrl', process.env), token, onRetry }),
    now: new Date(),
    progress,
  };
  const loaded: LoadedAccount[] = [];
  for (const account of demoAccounts()) loaded.push(await loadAccount(account, options));
  await mark(dataDir, loaded);
}

function tokenOf(dataDir: string): Promise<string> {
  const bearer = { service: 'demo-data', scopes: ['provisioning', 'subscriptions'] };
  return mintLocalToken({ dataDir, issuerUrl: addressOf('issuerUrl', process.env), bearer });
}

async function mark(dataDir: string, accounts: readonly LoadedAccount[]): Promise<void> {
  await mkdir(dataDir, { recursive: true });
  const draft = join(dataDir, `${MARKER}.draft`);
  await writeFile(
    draft,
    `${JSON.stringify({ loadedAt: new Date().toISOString(), seed: DEFAULT_SEED, accounts }, null, 2)}\n`,
  );
  await rename(draft, join(dataDir, MARKER));
}

function progress(line: string): void {
  complain([`demo data: ${line}`]);
}
