// A directory of 10,000 OUs and 50,000 users is synced while rights are asked for all the time.
import { database as definition } from '../services/permissions/dist/database.js';
import { AccessRepository } from '../services/permissions/dist/access/access.repository.js';
import { AccessService } from '../services/permissions/dist/access/access.service.js';
import { DirectoriesRepository } from '../services/permissions/dist/directory/directories.repository.js';
import { DirectoryService } from '../services/permissions/dist/directory/directory.service.js';
import { largeDirectory } from './harness/large-directory.mjs';
import { spreadOf } from './harness/latency.mjs';
import { inDatabase } from './harness/own-database.mjs';
import { rounded } from './harness/rounds.mjs';
import { atMost, conclude, load } from './harness/verdict.mjs';

const users = Number(process.env.USERS ?? 50_000);
const loadBefore = load();

await inDatabase(definition, async (database) => {
  const directories = new DirectoryService(new DirectoriesRepository(database));
  const access = new AccessService(new AccessRepository(database));
  const sync = async (directory) =>
    directories.sync({ accountId: 'big', ...(await directories.beginChange()), directory });
  const rows = {};
  const directory = largeDirectory({ users, groups: 1_000 });
  const renamed = { ...directory, users: directory.users.map((user) => ({ ...user, name: `${user.name} II` })) };
  for (const [what, wanted] of Object.entries({
    'the first': directory,
    'the same': directory,
    'all renamed': renamed,
  })) {
    const asked = askAllTheTime(access);
    const begun = performance.now();
    await sync(wanted);
    const seconds = rounded((performance.now() - begun) / 1_000);
    const { times, refused } = await asked.stop();
    rows[what] = { seconds, asked: times.length, refused, 'p99 ms': spreadOf(times).p99 };
  }
  conclude({
    name: 'directory',
    about: `a sync of 10,000 OUs, ${users} users and 1,000 groups`,
    loadBefore,
    rows,
    targets: [
      atMost('slowest, seconds', Math.max(...Object.values(rows).map(({ seconds }) => seconds)), 20),
      atMost('refused after the first', rows['the same'].refused + rows['all renamed'].refused, 0),
    ],
  });
});

function askAllTheTime(access) {
  const [times, pause] = [[], () => new Promise((resolve) => setTimeout(resolve, 5))];
  let [refused, stopped] = [0, false];
  const loop = (async () => {
    while (!stopped) {
      const begun = performance.now();
      await access.getAccess({ accountId: 'big', userId: 'member' }).catch(() => (refused += 1));
      times.push(performance.now() - begun);
      await pause();
    }
  })();
  return {
    stop: async () => {
      stopped = true;
      await loop;
      return { times, refused };
    },
  };
}
