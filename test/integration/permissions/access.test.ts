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

describe('permissions.find-user', () => {
  const users = [
    { userId: 'ada', name: 'Ada', subject: 'auth0|1' },
    { userId: 'mona', name: 'Mona', subject: 'otto' },
    { userId: 'otto', name: 'Otto', subject: 'mona' },
    { userId: 'sia', name: 'Sia' },
    { userId: 'gone', name: 'Gone', active: false, subject: 'kim' },
    { userId: 'kim', name: 'Kim', subject: 'kim@qms' },
  ];
  const meant = (subject: string, account = 'subjects') =>
    permissions.access.findUser({ accountId: account, subject }).then(
      ({ userId, active }) => ({ userId, active }),
      (error: unknown) => codeOf(error),
    );
  const codeOf = (error: unknown) => (error as { code: string }).code;

  beforeAll(() => permissions.sync('subjects', directory({ users })));

  it.each([
    ['auth0|1', { userId: 'ada', active: true }],
    ['AUTH0|1', 'NOT_FOUND'],
    ['sia', { userId: 'sia', active: true }],
    ['ada', { userId: 'ada', active: true }],
    ['nobody', 'NOT_FOUND'],
  ])('knows by subject, else by id: %s', async (subject, expected) => {
    expect(await meant(subject)).toEqual(expected);
  });

  it('takes the subject before the id, so that nobody becomes another', async () => {
    expect(await Promise.all([meant('otto'), meant('mona')])).toEqual([
      { userId: 'mona', active: true },
      { userId: 'otto', active: true },
    ]);
  });

  it('gives the subject of somebody inactive to nobody else', async () => {
    expect(await meant('kim')).toEqual({ userId: 'gone', active: false });
  });

  it('looks into one account alone', async () => {
    expect(await meant('auth0|1', accountId)).toBe('NOT_FOUND');
  });

  it('follows subjects that change hands', async () => {
    const [first, second] = [
      { userId: 'a', name: 'A' },
      { userId: 'b', name: 'B' },
    ];
    await permissions.sync(
      'hands',
      directory({
        users: [
          { ...first, subject: 'x' },
          { ...second, subject: 'y' },
        ],
      }),
    );
    await permissions.sync(
      'hands',
      directory({
        users: [
          { ...first, subject: 'y' },
          { ...second, subject: 'x' },
        ],
      }),
    );
    expect(await meant('x', 'hands')).toMatchObject({ userId: 'b', active: true });
  });
});

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
