// A directory of 10,000 OUs in trees of a hundred; `member` is in every group, each of which grants a few subtrees.
import { directory as schema } from '@account-backups/contracts';

const ORG_UNITS = 10_000;
const numbers = (count) => Array.from({ length: count }, (_, number) => number);

export function largeDirectory({ users, groups }) {
  return schema.parse({
    name: 'Large',
    timeZone: 'Europe/London',
    facilities: numbers(20).map((number) => ({ facilityId: `f-${number}`, name: `Facility ${number}` })),
    orgUnits: numbers(ORG_UNITS).map((number) => ({
      orgUnitId: `ou-${number}`,
      name: `Unit ${number}`,
      ...(number < 100 ? { facilityId: `f-${number % 20}` } : { parentOrgUnitId: `ou-${Math.floor(number / 100)}` }),
    })),
    users: [
      { userId: 'admin', name: 'Admin', siteAdmin: true },
      { userId: 'member', name: 'Member' },
      ...numbers(users - 2).map((number) => ({ userId: `u-${number}`, name: `Person ${number}` })),
    ],
    userGroups: numbers(groups).map((number) => ({
      userGroupId: `g-${number}`,
      name: `Group ${number}`,
      memberIds: ['member', ...numbers(50).map((which) => `u-${(number * 50 + which) % (users - 2)}`)],
      grants: [
        { roleId: 'administration-editor', orgUnitIds: [`ou-${100 + number * 7}`, `ou-${101 + number * 7}`] },
        { roleId: 'administration-editor', orgUnitIds: [`ou-${number % 50}`], includeSubUnits: number % 20 === 0 },
      ],
    })),
  });
}
