import { directory as schema, MANAGE_BACKUPS, type Directory } from '@account-backups/contracts';
import fc from 'fast-check';

const idsOf = (kind: string, count: number) => Array.from({ length: count }, (_, at) => `${kind}${at}`);
const FACILITIES = idsOf('f', 3);
const USERS = idsOf('p', 5);
const ROLES = ['administration-editor', 'keeper', 'reader'];

/** A parent has a smaller number than its child; only a root may state its facility freely. */
const orgUnits = fc
  .array(
    fc.record({
      parent: fc.option(fc.nat(), { nil: null }),
      facilityId: fc.option(fc.constantFrom(...FACILITIES), { nil: null }),
    }),
    { maxLength: 14 },
  )
  .map((drawn) =>
    drawn.map(({ parent, facilityId }, at) => {
      const isRoot = parent === null || at === 0;
      return {
        orgUnitId: `u${at}`,
        name: `unit ${at % 4}`,
        parentOrgUnitId: isRoot ? null : `u${parent % at}`,
        facilityId: isRoot ? facilityId : null,
      };
    }),
  );

const users = fc.tuple(
  ...USERS.map((userId) =>
    fc.record({
      userId: fc.constant(userId),
      name: fc.constant(userId),
      active: fc.boolean(),
      // a failure shrinks to fewer rights
      siteAdmin: fc.nat({ max: 5 }).map((drawn) => drawn === 5),
      facilityAdminOf: fc.subarray(FACILITIES),
    }),
  ),
);

const userGroups = (orgUnitIds: string[]) =>
  fc.array(
    fc.record({
      memberIds: fc.subarray(USERS),
      grants: fc.array(
        fc.record({
          roleId: fc.constantFrom(...ROLES),
          orgUnitIds: fc.subarray(orgUnitIds),
          includeSubUnits: fc.boolean(),
        }),
        { maxLength: 4 },
      ),
    }),
    { maxLength: 4 },
  );

/** Directories without faults, small enough that all their parts meet. */
export const randomDirectory: fc.Arbitrary<Directory> = orgUnits.chain((units) =>
  fc
    .record({ users, userGroups: userGroups(units.map(({ orgUnitId }) => orgUnitId)), order: fc.boolean() })
    .map((drawn) =>
      schema.parse({
        name: 'random',
        timeZone: 'UTC',
        facilities: FACILITIES.map((facilityId) => ({ facilityId, name: facilityId })),
        orgUnits: drawn.order ? units : units.toReversed(),
        roles: [
          { roleId: 'keeper', name: 'keeper', permissions: ['Kitchen:Cook', MANAGE_BACKUPS] },
          { roleId: 'reader', name: 'reader', permissions: ['Documents:View'] },
        ],
        users: drawn.users,
        userGroups: drawn.userGroups.map((group, at) => ({ ...group, userGroupId: `g${at}`, name: 'group' })),
      }),
    ),
);
