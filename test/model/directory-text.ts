import type { Directory } from '@account-backups/contracts';

/** A directory in the words in which one thinks of it, for the text of a walk that failed. */
export function directoryText({ orgUnits, users, userGroups }: Directory): string {
  const units = orgUnits.map(({ orgUnitId, parentOrgUnitId, facilityId }) => {
    return [orgUnitId, parentOrgUnitId && `in ${parentOrgUnitId}`, facilityId && `of ${facilityId}`];
  });
  const people = users.map(({ userId, active, siteAdmin, facilityAdminOf }) => [
    userId,
    !active && 'inactive',
    siteAdmin && 'site admin',
    facilityAdminOf.length > 0 && `admin of ${facilityAdminOf.join('+')}`,
  ]);
  const groups = userGroups.map(({ memberIds, grants }) => [
    memberIds.join('+') || 'nobody',
    ...grants.map(({ roleId, orgUnitIds, includeSubUnits }) => {
      return `is ${roleId} in ${orgUnitIds.join('+') || 'nothing'}${includeSubUnits ? ' and below' : ''}`;
    }),
  ]);
  return [units, people, groups].map((list) => list.map(joined).join(', ')).join('; ');
}

function joined(words: readonly unknown[]): string {
  return words.filter(Boolean).join(' ');
}
