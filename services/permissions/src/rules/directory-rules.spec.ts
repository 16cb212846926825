import { directory as schema, type Directory } from '@account-backups/contracts';
import type { z } from 'zod';
import { directoryFaults } from './directory-rules.js';

const directory = (parts: Partial<z.input<typeof schema>>): Directory =>
  schema.parse({ name: 'Northfield', timeZone: 'Europe/London', ...parts });

const pathsOf = (parts: Partial<z.input<typeof schema>>) => directoryFaults(directory(parts)).map(({ path }) => path);

const facility = (facilityId: string) => ({ facilityId, name: facilityId });
const unit = (orgUnitId: string, parts: { facilityId?: string; parentOrgUnitId?: string } = {}) => ({
  orgUnitId,
  name: orgUnitId,
  ...parts,
});
const user = (userId: string, facilityAdminOf: string[] = []) => ({ userId, name: userId, facilityAdminOf });
const chain = (length: number) =>
  Array.from({ length }, (_, at) => unit(`u${at}`, at > 0 ? { parentOrgUnitId: `u${at - 1}` } : {}));

describe('directoryFaults', () => {
  it('takes an account with nothing in it', () => {
    expect(pathsOf({})).toEqual([]);
  });

  it('takes subjects that are ids of users who have another', () => {
    const users = [
      { ...user('a'), subject: 'b' },
      { ...user('b'), subject: 'a' },
      { ...user('c'), subject: 'c' },
    ];
    expect(pathsOf({ users })).toEqual([]);
  });

  it('refuses a subject by which another user signs in', () => {
    const users = [{ ...user('a'), subject: 'b' }, user('b'), { ...user('c'), subject: 'b' }];
    expect(pathsOf({ users })).toEqual(['users[2].subject', 'users[0].subject']);
  });

  it('takes OUs with and without a facility in one account', () => {
    expect(pathsOf({ facilities: [facility('f')], orgUnits: [unit('a', { facilityId: 'f' }), unit('b')] })).toEqual([]);
  });

  it('refuses the second of two equal ids, of each kind', () => {
    const paths = pathsOf({
      facilities: [facility('x'), facility('x')],
      orgUnits: [unit('x'), unit('x')],
      roles: ['x', 'x'].map((roleId) => ({ roleId, name: 'x', permissions: [] })),
      users: [user('x'), user('x')],
      userGroups: ['x', 'x'].map((userGroupId) => ({ userGroupId, name: 'x' })),
    });
    expect(paths).toEqual([
      'facilities[1].facilityId',
      'orgUnits[1].orgUnitId',
      'roles[1].roleId',
      'users[1].userId',
      'userGroups[1].userGroupId',
    ]);
  });

  it('says where an unknown id stands and which it is', () => {
    const faults = directoryFaults(directory({ orgUnits: [unit('a'), unit('b', { parentOrgUnitId: 'nowhere' })] }));
    expect(faults).toEqual([{ path: 'orgUnits[1].parentOrgUnitId', message: 'nowhere is no OU of this directory' }]);
  });

  it('refuses a reference to what is not there, of each kind', () => {
    const paths = pathsOf({
      orgUnits: [unit('a', { facilityId: 'f' })],
      users: [user('ada', ['f'])],
      userGroups: [
        {
          userGroupId: 'g',
          name: 'g',
          memberIds: ['ada', 'eve'],
          grants: [{ roleId: 'r', orgUnitIds: ['a', 'b'] }],
        },
      ],
    });
    expect(paths).toEqual([
      'orgUnits[0].facilityId',
      'users[0].facilityAdminOf[0]',
      'userGroups[0].memberIds[1]',
      'userGroups[0].grants[0].roleId',
      'userGroups[0].grants[0].orgUnitIds[1]',
    ]);
  });

  it('lets a grant name the system role, which no account lists', () => {
    const grants = [{ roleId: 'administration-editor', orgUnitIds: ['a'] }];
    expect(pathsOf({ orgUnits: [unit('a')], userGroups: [{ userGroupId: 'g', name: 'g', grants }] })).toEqual([]);
  });

  it('refuses a role of an account that takes the place of the system role', () => {
    const roles = [{ roleId: 'administration-editor', name: 'Administration Editor', permissions: [] }];
    expect(pathsOf({ roles })).toEqual(['roles[0].roleId']);
  });

  it('keeps permissions that it has never heard of', () => {
    expect(pathsOf({ roles: [{ roleId: 'r', name: 'r', permissions: ['Kitchen:Cook'] }] })).toEqual([]);
  });

  it('refuses a circle of parents, and not what hangs below it', () => {
    const orgUnits = [
      unit('below', { parentOrgUnitId: 'a' }),
      unit('a', { parentOrgUnitId: 'b' }),
      unit('b', { parentOrgUnitId: 'c' }),
      unit('c', { parentOrgUnitId: 'a' }),
      unit('self', { parentOrgUnitId: 'self' }),
    ];
    expect(pathsOf({ orgUnits })).toEqual([1, 2, 3, 4].map((at) => `orgUnits[${at}].parentOrgUnitId`));
  });

  it('takes a hundred OUs one in another, and not one more', () => {
    expect(pathsOf({ orgUnits: chain(100).toReversed() })).toEqual([]);
    expect(pathsOf({ orgUnits: chain(102) })).toEqual([
      'orgUnits[100].parentOrgUnitId',
      'orgUnits[101].parentOrgUnitId',
    ]);
  });

  it('refuses a chain of any length without falling over it', () => {
    expect(pathsOf({ orgUnits: chain(50_000).toReversed() })).toHaveLength(50);
  });

  it('refuses a facility other than the parent has, inherited or not', () => {
    const orgUnits = [
      unit('top', { facilityId: 'f' }),
      unit('inherits', { parentOrgUnitId: 'top' }),
      unit('same', { parentOrgUnitId: 'inherits', facilityId: 'f' }),
      unit('other', { parentOrgUnitId: 'inherits', facilityId: 'g' }),
      unit('bare'),
      unit('some', { parentOrgUnitId: 'bare', facilityId: 'g' }),
    ];
    expect(pathsOf({ facilities: [facility('f'), facility('g')], orgUnits })).toEqual([
      'orgUnits[3].facilityId',
      'orgUnits[5].facilityId',
    ]);
  });

  it('stops after fifty faults', () => {
    expect(pathsOf({ users: Array.from({ length: 100 }, () => user('same')) })).toHaveLength(50);
  });
});
