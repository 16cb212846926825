import { MAX_ORG_UNIT_DEPTH, type BackupOrder } from '@account-backups/contracts';

/** The chosen OUs, as the order of a backup has them. */
export type ArchivedScope = BackupOrder['scope'];
export type ArchivedFacility = ArchivedScope['facilities'][number];
export type ArchivedOrgUnit = ArchivedScope['orgUnits'][number];

/** Looks up the names on the path to an OU: facility, chosen ancestors, its own. */
export function orgUnitNames({ facilities, orgUnits }: ArchivedScope): (unit: ArchivedOrgUnit) => readonly string[] {
  const units = new Map(orgUnits.map((unit) => [unit.orgUnitId, unit]));
  const facilityNames = new Map(facilities.map(({ facilityId, name }) => [facilityId, name]));
  return (unit) => {
    const names: string[] = [];
    const seen = new Set<string>();
    // An OU that is its own ancestor must not hang an archive, nor a longer way than is taken nowadays fill the memory.
    for (let at: ArchivedOrgUnit | undefined = unit; at && !seen.has(at.orgUnitId) && seen.size < MAX_ORG_UNIT_DEPTH;) {
      seen.add(at.orgUnitId);
      names.unshift(at.name);
      at = units.get(at.parentOrgUnitId ?? '');
    }
    const facility = facilityNames.get(unit.facilityId ?? '');
    return facility === undefined ? names : [facility, ...names];
  };
}
