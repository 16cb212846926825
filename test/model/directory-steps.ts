import type { Directory } from '@account-backups/contracts';
import { randomDirectory } from '../integration/permissions/random-directory.js';
import { change, changed } from './directory-changes.js';
import { directoryText } from './directory-text.js';
import { tellingNames } from './sights.js';
import { step, type Act, type RealAccount } from './walk-step.js';

export const directorySteps = [
  randomDirectory.map(watched).map((directory) =>
    step(
      `directory ${directoryText(directory)}`,
      syncing(() => directory),
    ),
  ),
  change.map((one) =>
    step(
      `change ${JSON.stringify(one)}`,
      syncing((directory) => changed(directory, one)),
    ),
  ),
];

/** The same directory with a Site Admin who is always there to see how builds end. */
export function watched(directory: Directory): Directory {
  const watcher = { userId: 'watcher', name: 'Watcher', active: true, siteAdmin: true, facilityAdminOf: [] };
  return { ...directory, users: [...directory.users, watcher] };
}

export function syncing(alter: (directory: Directory) => Directory): Act {
  return async (known, real) => {
    const directory = tellingNames(alter(known.directory), real.accountId);
    await put(real, directory);
    known.directory = directory;
  };
}

export async function put({ host, accountId }: RealAccount, directory: Directory): Promise<void> {
  const answer = await host.put(`/api/v1/provisioning/accounts/${accountId}/directory`, directory);
  expect(answer).toMatchObject({ status: 200 });
}
