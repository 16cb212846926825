// The rights of a member of 1,000 groups and of a Site Admin among 10,000 OUs: remembered, and read anew.
import { database as definition } from '../services/permissions/dist/database.js';
import { AccessRepository } from '../services/permissions/dist/access/access.repository.js';
import { AccessService } from '../services/permissions/dist/access/access.service.js';
import { DirectoriesRepository } from '../services/permissions/dist/directory/directories.repository.js';
import { DirectoryService } from '../services/permissions/dist/directory/directory.service.js';
import { largeDirectory } from './harness/large-directory.mjs';
import { latencyOf } from './harness/latency.mjs';
import { inDatabase } from './harness/own-database.mjs';
import { atMost, conclude, load } from './harness/verdict.mjs';

const calls = Number(process.env.CALLS ?? 500);
const loadBefore = load();

await inDatabase(definition, async (database) => {
  const directories = new DirectoryService(new DirectoriesRepository(database));
  const directory = largeDirectory({ users: 5_000, groups: 1_000 });
  await directories.sync({ accountId: 'big', ...(await directories.beginChange()), directory });
  await database.query('ANALYZE');
  const repository = new AccessRepository(database);
  const service = new AccessService(repository);
  const rows = {};
  for (const userId of ['member', 'admin']) {
    const { orgUnitIds } = await service.getAccess({ accountId: 'big', userId });
    const remembered = await latencyOf(calls, () => service.getAccess({ accountId: 'big', userId }));
    const read = await latencyOf(calls / 5, () => repository.findAccess('big', userId));
    rows[`${userId}, remembered`] = { orgUnits: orgUnitIds.length, ...remembered };
    rows[`${userId}, read anew`] = { orgUnits: orgUnitIds.length, ...read };
  }
  conclude({
    name: 'rights',
    about: 'the OUs that a person may back up, among 10,000 OUs, milliseconds in the service',
    loadBefore,
    rows,
    targets: [
      atMost('member of 1,000 groups, remembered, p99 ms', rows['member, remembered'].p99, 10),
      atMost('member of 1,000 groups, read anew, p99 ms', rows['member, read anew'].p99, 10),
    ],
  });
});
