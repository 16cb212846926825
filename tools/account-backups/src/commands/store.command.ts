import { openObjectStore } from '@account-backups/object-store';
import type { Command } from 'commander';
import { addressOf } from '../system/running-system.js';
import { print, printJson } from '../terminal/output.js';

export function addStoreCommand(program: Command): void {
  program
    .command('store')
    .summary('set up the object store')
    .description('Works on the object store of OBJECT_STORE_URL, or of the running system.')
    .command('init')
    .description(
      'Makes the bucket or the folders and gives the store its identity, unless it has one. Run it once for each ' +
        'store: services take no store without an identity, nor another one than before. STORE_ID names it.',
    )
    .option('--json', 'print the identity as JSON')
    .action(init);
}

async function init({ json }: { readonly json?: boolean }): Promise<void> {
  const storeId = process.env.STORE_ID || undefined;
  const store = openObjectStore(addressOf('objectStoreUrl', process.env), { ...(storeId && { storeId }) });
  try {
    const identity = await store.initialise();
    if (json) printJson(identity);
    else print([`store ${identity.storeId}, since ${identity.createdAt}`]);
  } finally {
    await store.close();
  }
}
