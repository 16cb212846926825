import type { PermittedOrgUnits } from '@account-backups/contracts';

// The same order wherever this runs; "Ward 2" comes before "Ward 10".
const names = new Intl.Collator('en', { numeric: true });

/** What a person sees of the OUs that they may back up: no parent that they may not, all by name, then by id. */
export function asSeen({ facilities, orgUnits }: PermittedOrgUnits): PermittedOrgUnits {
  const visible = new Set(orgUnits.map(({ orgUnitId }) => orgUnitId));
  return {
    facilities: byName(facilities, ({ facilityId }) => facilityId),
    orgUnits: byName(orgUnits, ({ orgUnitId }) => orgUnitId).map((unit) => {
      const { parentOrgUnitId: parent } = unit;
      return { ...unit, parentOrgUnitId: parent !== null && visible.has(parent) ? parent : null };
    }),
  };
}

function byName<T extends { readonly name: string }>(entries: readonly T[], idOf: (entry: T) => string): T[] {
  return entries.toSorted((a, b) => names.compare(a.name, b.name) || (idOf(a) < idOf(b) ? -1 : 1));
}
