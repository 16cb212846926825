// The rules word for word, without any cleverness: the service must give the same answers.
import { MANAGE_BACKUPS, type Directory } from '@account-backups/contracts';

type OrgUnit = Directory['orgUnits'][number];

/** The OUs that a person may back up by the rules; null for a person who is nobody. */
export function referenceAccess(directory: Directory, userId: string): string[] | null {
  const user = directory.users.find((known) => known.userId === userId);
  if (!user?.active) return null;
  return directory.orgUnits
    .filter(
      (unit) =>
        user.siteAdmin ||
        user.facilityAdminOf.includes(facilityOf(directory, unit) ?? '') ||
        isGranted(directory, userId, unit),
    )
    .map(({ orgUnitId }) => orgUnitId)
    .sort();
}

/** The nearest facility given on the way up. */
export function facilityOf(directory: Directory, unit: OrgUnit): string | null {
  return lineage(directory, unit).find(({ facilityId }) => facilityId)?.facilityId ?? null;
}

function isGranted(directory: Directory, userId: string, unit: OrgUnit): boolean {
  const ancestors = lineage(directory, unit).map(({ orgUnitId }) => orgUnitId);
  return directory.userGroups
    .filter(({ memberIds }) => memberIds.includes(userId))
    .flatMap(({ grants }) => grants)
    .filter(({ roleId }) => allowsBackups(directory, roleId))
    .some(({ orgUnitIds, includeSubUnits }) =>
      orgUnitIds.some((named) => (includeSubUnits ? ancestors.includes(named) : named === unit.orgUnitId)),
    );
}

function allowsBackups(directory: Directory, roleId: string): boolean {
  if (roleId === 'administration-editor') return true;
  return directory.roles.some((role) => role.roleId === roleId && role.permissions.includes(MANAGE_BACKUPS));
}

/** The unit, its parent, and so on up. */
function lineage(directory: Directory, unit: OrgUnit): OrgUnit[] {
  const parent = directory.orgUnits.find(({ orgUnitId }) => orgUnitId === unit.parentOrgUnitId);
  return parent ? [unit, ...lineage(directory, parent)] : [unit];
}
