import { directory, northfield, openPermissions, type DirectoryInput, type Permissions } from './harness.js';

let permissions: Permissions;

beforeAll(async () => {
  permissions = await openPermissions();
});

afterAll(() => permissions.close());

const sync = (accountId: string, parts: DirectoryInput) => permissions.sync(accountId, directory(parts));
const orgUnitsOf = async (accountId: string, userId: string) =>
  (await permissions.access.getAccess({ accountId, userId })).orgUnitIds;

const TABLES = ['accounts', 'facilities', 'org_units', 'roles', 'users', 'user_groups', 'group_members', 'grants'];

/** Every row of the account without its turn, and with its place on disk if asked for. */
async function rowsOf(accountId: string, place: '' | ', ctid' = ''): Promise<unknown[]> {
  return Promise.all(
    TABLES.map((table) =>
      permissions.database.query(
        `SELECT (to_jsonb(${table}) - 'turn')::text AS row${place}
         FROM permissions.${table} WHERE account_id = $1 ORDER BY 1`,
        [accountId],
      ),
    ),
  );
}

it('counts what the account has', async () => {
  await expect(sync('counted', northfield)).resolves.toEqual({
    facilities: 2,
    orgUnits: 5,
    roles: 1,
    users: 5,
    userGroups: 1,
  });
});

it('writes nothing but the account when the same directory comes again', async () => {
  await sync('again', northfield);
  const before = await rowsOf('again', ', ctid');
  await sync('again', northfield);
  expect((await rowsOf('again', ', ctid')).slice(1)).toEqual(before.slice(1));
});

it('keeps the directory of a later turn', async () => {
  const late = await permissions.directories.beginChange();
  await sync('late', { users: [{ userId: 'otto', name: 'Otto' }] });
  const before = await rowsOf('late');
  await permissions.directories.sync({ accountId: 'late', ...late, directory: directory(northfield) });
  expect(await rowsOf('late')).toEqual(before);
});

it('refuses a directory of a lower revision than is known, and says which is', async () => {
  await sync('revised', { ...northfield, revision: 5 });
  const before = await rowsOf('revised');
  await expect(sync('revised', { name: 'Older', revision: 4 })).rejects.toMatchObject({
    code: 'OLDER_REVISION',
    errors: [{ path: 'revision', message: 'expected at least 5, which is known already, not 4' }],
  });
  expect(await rowsOf('revised')).toEqual(before);
});

it('takes a directory of the same revision, and one without; the highest revision stays', async () => {
  await sync('unnumbered', { ...northfield, revision: 5 });
  await sync('unnumbered', { name: 'Corrected', revision: 5 });
  await sync('unnumbered', { name: 'Plain' });
  await expect(sync('unnumbered', { name: 'Older', revision: 4 })).rejects.toMatchObject({ code: 'OLDER_REVISION' });
  const account = permissions.directories.getAccount({ accountId: 'unnumbered' });
  await expect(account).resolves.toMatchObject({ name: 'Plain' });
});

it('takes a higher revision that was begun earlier, and ends with the highest when many come at once', async () => {
  const early = await permissions.directories.beginChange();
  await sync('ordered', { name: 'Revision 5', revision: 5 });
  const parts = directory({ name: 'Revision 6', revision: 6 });
  await permissions.directories.sync({ accountId: 'ordered', ...early, directory: parts });
  const all = Array.from({ length: 20 }, (_, at) => sync('ordered', { name: `Revision ${at}`, revision: at }));
  await Promise.allSettled(all);
  const account = permissions.directories.getAccount({ accountId: 'ordered' });
  await expect(account).resolves.toMatchObject({ name: 'Revision 19' });
});

it('removes what is no longer listed', async () => {
  await sync('shrunk', northfield);
  await sync('shrunk', { users: [{ userId: 'otto', name: 'Otto' }] });
  await expect(permissions.access.getAccess({ accountId: 'shrunk', userId: 'ada' })).rejects.toMatchObject({
    code: 'NOT_FOUND',
  });
  await sync('never-more', { users: [{ userId: 'otto', name: 'Otto' }] });
  const renamed = JSON.stringify(await rowsOf('never-more')).replaceAll('never-more', 'shrunk');
  expect(JSON.stringify(await rowsOf('shrunk'))).toEqual(renamed);
});

it('follows every kind of change', async () => {
  await sync('changed', northfield);
  const changed: DirectoryInput = {
    name: 'Southfield',
    timeZone: 'Pacific/Apia',
    facilities: [{ facilityId: 'north', name: 'Nord' }],
    orgUnits: [
      { orgUnitId: 'laboratory', name: 'Labor' },
      { orgUnitId: 'quality', name: 'Güte', parentOrgUnitId: 'laboratory' },
    ],
    roles: [{ roleId: 'reader', name: 'Leser', permissions: ['Backups:Manage Account Backups'] }],
    users: [{ userId: 'mona', name: 'Mona M.', email: 'mona@example.org' }],
    userGroups: [
      {
        userGroupId: 'office',
        name: 'Büro',
        memberIds: ['mona', 'mona'],
        grants: [{ roleId: 'reader', orgUnitIds: ['laboratory'], includeSubUnits: true }],
      },
    ],
  };
  await sync('changed', changed);
  await sync('fresh', changed);
  const renamed = JSON.stringify(await rowsOf('fresh')).replaceAll('fresh', 'changed');
  expect(JSON.stringify(await rowsOf('changed'))).toEqual(renamed);
  await expect(orgUnitsOf('changed', 'mona')).resolves.toEqual(['laboratory', 'quality']);
});

it('keeps what was there when the new directory has a fault, and says where it is', async () => {
  await sync('faulty', northfield);
  const before = await rowsOf('faulty');
  const faulty = sync('faulty', { orgUnits: [{ orgUnitId: 'a', name: 'A', parentOrgUnitId: 'b' }] });
  await expect(faulty).rejects.toMatchObject({
    code: 'VALIDATION_FAILED',
    errors: [{ path: 'orgUnits[0].parentOrgUnitId' }],
  });
  expect(await rowsOf('faulty')).toEqual(before);
});

it('takes back everything when the database refuses a part', async () => {
  await sync('broken', northfield);
  const before = await rowsOf('broken');
  const refuse = 'ALTER TABLE permissions.grants ADD CONSTRAINT refuses CHECK (position < 3) NOT VALID';
  await permissions.database.query(refuse);
  const grants = Array.from({ length: 4 }, () => ({ roleId: 'administration-editor', orgUnitIds: ['board'] }));
  const orgUnits = [{ orgUnitId: 'board', name: 'Board' }];
  const refused = sync('broken', { orgUnits, userGroups: [{ userGroupId: 'g', name: 'g', grants }] });
  await expect(refused).rejects.toThrow('refuses');
  await permissions.database.query('ALTER TABLE permissions.grants DROP CONSTRAINT refuses');
  expect(await rowsOf('broken')).toEqual(before);
});

it('ends with one of the directories when many come at once, never with a mixture', async () => {
  const numbered = (at: number): DirectoryInput => ({
    name: `directory ${at}`,
    orgUnits: Array.from({ length: at + 1 }, (_, unit) => ({ orgUnitId: `u${unit}`, name: `of ${at}` })),
    users: [{ userId: 'ada', name: `of ${at}`, siteAdmin: true }],
  });
  const seen: string[] = [];
  const look = async () => {
    const { account, user, orgUnitIds, accountOrgUnitCount } = await permissions.access.getAccess({
      accountId: 'at-once',
      userId: 'ada',
    });
    seen.push([account.name, user.name, orgUnitIds.length, accountOrgUnitCount].join());
  };
  await sync('at-once', numbered(20));
  await look();
  // Connections are given in the order in which they are asked for, so that readers come between writers.
  const mixed = Array.from({ length: 20 }, (_, at) => [
    sync('at-once', numbered(at)),
    ...Array.from({ length: 5 }, look),
  ]);
  await Promise.all(mixed.flat());
  await look();
  const whole = Array.from({ length: 21 }, (_, at) => [`directory ${at}`, `of ${at}`, at + 1, at + 1].join());
  expect(seen.filter((state) => !whole.includes(state))).toEqual([]);
  expect(new Set(seen).size).toBeGreaterThan(1);
});

it('lets readers go on while a directory is being written', async () => {
  await sync('read', northfield);
  await permissions.database.transaction(async (manager) => {
    await manager.query(`UPDATE permissions.accounts SET name = 'half' WHERE account_id = 'read'`);
    await manager.query(`UPDATE permissions.org_units SET name = 'half' WHERE account_id = 'read'`);
    const { orgUnits } = await permissions.access.listPermittedOrgUnits({ accountId: 'read', userId: 'ada' });
    expect(orgUnits.map(({ name }) => name)).toEqual(['Bench', 'Board', 'Kitchen', 'Laboratory', 'Quality']);
  });
});
