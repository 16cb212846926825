export interface ArchivedFacility {
  readonly facilityId: string;
  readonly name: string;
}

export interface ArchivedOrgUnit {
  readonly orgUnitId: string;
  readonly name: string;
  readonly parentOrgUnitId?: string | null;
  readonly facilityId?: string | null;
}

/** The chosen OUs; `PermittedOrgUnits` of contracts fits. */
export interface ArchivedScope {
  readonly facilities: readonly ArchivedFacility[];
  readonly orgUnits: readonly ArchivedOrgUnit[];
}

/** Gives the names on the way to an OU: facility, chosen ancestors, its own. */
export function orgUnitNames({ facilities, orgUnits }: ArchivedScope): (unit: ArchivedOrgUnit) => readonly string[] {
  const units = new Map(orgUnits.map((unit) => [unit.orgUnitId, unit]));
  const facilityNames = new Map(facilities.map(({ facilityId, name }) => [facilityId, name]));
  return (unit) => {
    const names: string[] = [];
    const seen = new Set<string>();
    // A parent that is its own descendant must not hang an archive.
    for (let at: ArchivedOrgUnit | undefined = unit; at && !seen.has(at.orgUnitId);) {
      seen.add(at.orgUnitId);
      names.unshift(at.name);
      at = units.get(at.parentOrgUnitId ?? '');
    }
    const facility = facilityNames.get(unit.facilityId ?? '');
    return facility === undefined ? names : [facility, ...names];
  };
}
