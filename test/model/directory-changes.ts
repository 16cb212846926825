// Small changes of a directory, as pure functions: whatever was valid stays valid.
import type { Directory } from '@account-backups/contracts';
import fc from 'fast-check';

type OrgUnit = Directory['orgUnits'][number];
type User = Directory['users'][number];

export interface Change {
  readonly kind: keyof typeof changes;
  readonly which: number;
  readonly where: number;
}

const changes = {
  removeUnit: (directory: Directory, unit: number) => withoutUnit(directory, at(directory.orgUnits, unit)),
  moveUnit: (directory: Directory, unit: number, where: number) =>
    withUnit(directory, at(directory.orgUnits, unit), (moved) => {
      const below = directory.orgUnits.filter((other) => numberOf(other) < numberOf(moved));
      return { ...moved, parentOrgUnitId: at(below, where)?.orgUnitId ?? null, facilityId: null };
    }),
  moveToFacility: (directory: Directory, unit: number, where: number) =>
    withUnit(directory, at(directory.orgUnits, unit), (moved) => {
      const facilityId = at(directory.facilities, where)?.facilityId ?? null;
      return { ...moved, parentOrgUnitId: null, facilityId };
    }),
  switchUser: (directory: Directory, user: number) =>
    withUser(directory, user, (one) => ({ ...one, active: !one.active })),
  promote: (directory: Directory, user: number) =>
    withUser(directory, user, (one) => ({ ...one, active: true, siteAdmin: true })),
  demote: (directory: Directory, user: number) =>
    withUser(directory, user, (one) => ({ ...one, siteAdmin: false, facilityAdminOf: [] })),
  dropUser: (directory: Directory, user: number) => withoutUser(directory, at(people(directory), user)?.userId),
  dropGrants: (directory: Directory, group: number) => {
    const emptied = at(directory.userGroups, group);
    const userGroups = directory.userGroups.map((one) => (one === emptied ? { ...one, grants: [] } : one));
    return { ...directory, userGroups };
  },
  leaveGroup: (directory: Directory, group: number) => {
    const left = at(directory.userGroups, group);
    const userGroups = directory.userGroups.map((one) => (one === left ? { ...one, memberIds: [] } : one));
    return { ...directory, userGroups };
  },
};

export const change: fc.Arbitrary<Change> = fc.record({
  kind: fc.constantFrom(...(Object.keys(changes) as (keyof typeof changes)[])),
  which: fc.nat({ max: 13 }),
  where: fc.nat({ max: 13 }),
});

export function changed(directory: Directory, { kind, which, where }: Change): Directory {
  return changes[kind](directory, which, where);
}

function at<T>(all: readonly T[], index: number): T | undefined {
  return all[index % Math.max(1, all.length)];
}

// A parent has a smaller number than its child, so that no move makes a circle.
function numberOf({ orgUnitId }: OrgUnit): number {
  return Number(orgUnitId.slice(1));
}

// The watcher stays as they are.
function people({ users }: Directory): readonly User[] {
  return users.filter(({ userId }) => userId !== 'watcher');
}

function withUser(directory: Directory, user: number, alter: (user: User) => User): Directory {
  const altered = at(people(directory), user);
  return { ...directory, users: directory.users.map((one) => (one === altered ? alter(one) : one)) };
}

function withoutUser(directory: Directory, userId: string | undefined): Directory {
  const userGroups = directory.userGroups.map((group) => ({
    ...group,
    memberIds: group.memberIds.filter((memberId) => memberId !== userId),
  }));
  return { ...directory, users: directory.users.filter((user) => user.userId !== userId), userGroups };
}

function withUnit(directory: Directory, unit: OrgUnit | undefined, alter: (unit: OrgUnit) => OrgUnit): Directory {
  return { ...directory, orgUnits: directory.orgUnits.map((one) => (one === unit ? alter(one) : one)) };
}

/** Its sub-units become roots without a facility. */
function withoutUnit(directory: Directory, removed: OrgUnit | undefined): Directory {
  const isRemoved = (id: string | null | undefined) => id === removed?.orgUnitId;
  const orgUnits = directory.orgUnits
    .filter(({ orgUnitId }) => !isRemoved(orgUnitId))
    .map((unit) => (isRemoved(unit.parentOrgUnitId) ? { ...unit, parentOrgUnitId: null } : unit));
  const userGroups = directory.userGroups.map((group) => ({
    ...group,
    grants: group.grants.map((grant) => ({ ...grant, orgUnitIds: grant.orgUnitIds.filter((id) => !isRemoved(id)) })),
  }));
  return { ...directory, orgUnits, userGroups };
}
