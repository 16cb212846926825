import type { ArchivedOrgUnit } from '../record/archived-scope.js';

type Named = Pick<ArchivedOrgUnit, 'orgUnitId' | 'name'> & Partial<ArchivedOrgUnit>;

/** An OU in no facility and below no other; a test names what should differ. */
export function anOrgUnit(named: Named): ArchivedOrgUnit {
  return { parentOrgUnitId: null, facilityId: null, ...named };
}
