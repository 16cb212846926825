import { directory, northfield, openPermissions, type Permissions } from './harness.js';

const accountId = 'northfield';
let permissions: Permissions;

beforeAll(async () => {
  permissions = await openPermissions();
  await permissions.sync(accountId, directory(northfield));
});

afterAll(() => permissions.close());

const accessOf = (userId: string) => permissions.access.getAccess({ accountId, userId });
const permittedTo = (userId: string) => permissions.access.listPermittedOrgUnits({ accountId, userId });

describe('permissions.get-access', () => {
  it('gives a Site Admin every OU', async () => {
    await expect(accessOf('ada')).resolves.toEqual({
      account: { accountId, name: 'Northfield', timeZone: 'Europe/London', enterprise: true },
      user: { userId: 'ada', name: 'Ada' },
      siteAdmin: true,
      facilityAdminOf: [],
      orgUnitIds: ['bench', 'board', 'kitchen', 'laboratory', 'quality'],
      accountOrgUnitCount: 5,
    });
  });

  it('gives a Facility Admin every OU of the facility, those that inherit it included', async () => {
    await expect(accessOf('felix')).resolves.toMatchObject({
      siteAdmin: false,
      facilityAdminOf: ['north'],
      orgUnitIds: ['bench', 'laboratory', 'quality'],
    });
  });

  it('gives a member of a group what its grants name, with sub-units where they say so', async () => {
    await expect(accessOf('mona')).resolves.toMatchObject({ orgUnitIds: ['bench', 'kitchen', 'laboratory'] });
  });

  it('gives a person without grants no OU', async () => {
    await expect(accessOf('otto')).resolves.toMatchObject({ orgUnitIds: [], accountOrgUnitCount: 5 });
  });

  it('knows nobody who is inactive', async () => {
    await expect(accessOf('gone')).rejects.toMatchObject({ code: 'NOT_FOUND' });
  });

  it('knows nobody of another account', async () => {
    await permissions.sync('harbour', directory());
    const access = permissions.access.getAccess({ accountId: 'harbour', userId: 'ada' });
    await expect(access).rejects.toMatchObject({ code: 'NOT_FOUND' });
  });

  it('tells a zone that every service can reckon with, whatever is stored', async () => {
    // As a directory was taken before such zones were refused.
    await permissions.sync('pacific', { ...directory({ users: [{ userId: 'otto', name: 'Otto' }] }), timeZone: 'PST' });
    const asked = { accountId: 'pacific', userId: 'otto' };
    const { timeZone } = await permissions.directories.getAccount({ accountId: 'pacific' });
    expect([timeZone, (await permissions.access.getAccess(asked)).account.timeZone]).toEqual([
      'America/Los_Angeles',
      'America/Los_Angeles',
    ]);
  });

  it('keeps accounts apart that use the same ids', async () => {
    const users = [{ userId: 'otto', name: 'Otto', siteAdmin: true }];
    const orgUnits = [{ orgUnitId: 'board', name: 'Board' }];
    await permissions.sync('twin', directory({ users, orgUnits }));
    const access = permissions.access.getAccess({ accountId: 'twin', userId: 'otto' });
    await expect(access).resolves.toMatchObject({ orgUnitIds: ['board'] });
    await expect(accessOf('otto')).resolves.toMatchObject({ orgUnitIds: [] });
  });
});

describe('permissions.list-permitted-org-units', () => {
  it('shows OUs with their places, and facilities that have one of them', async () => {
    await expect(permittedTo('felix')).resolves.toEqual({
      facilities: [{ facilityId: 'north', name: 'North' }],
      orgUnits: [
        { orgUnitId: 'bench', name: 'Bench', parentOrgUnitId: 'laboratory', facilityId: 'north' },
        { orgUnitId: 'laboratory', name: 'Laboratory', parentOrgUnitId: 'quality', facilityId: 'north' },
        { orgUnitId: 'quality', name: 'Quality', parentOrgUnitId: null, facilityId: 'north' },
      ],
    });
  });

  it('does not name a parent that is not permitted', async () => {
    const { orgUnits } = await permittedTo('mona');
    expect(orgUnits.map(({ orgUnitId, parentOrgUnitId }) => [orgUnitId, parentOrgUnitId])).toEqual([
      ['bench', 'laboratory'],
      ['kitchen', null],
      ['laboratory', null],
    ]);
  });

  it('is empty for a person without grants', async () => {
    await expect(permittedTo('otto')).resolves.toEqual({ facilities: [], orgUnits: [] });
  });

  it('knows nobody who is inactive', async () => {
    await expect(permittedTo('gone')).rejects.toMatchObject({ code: 'NOT_FOUND' });
  });
});

describe('permissions.get-account', () => {
  it('gives the account', async () => {
    await expect(permissions.directories.getAccount({ accountId })).resolves.toMatchObject({ enterprise: true });
  });

  it('does not know an account that was never provisioned', async () => {
    const unknown = permissions.directories.getAccount({ accountId: 'nobody' });
    await expect(unknown).rejects.toMatchObject({ code: 'NOT_FOUND' });
  });
});
