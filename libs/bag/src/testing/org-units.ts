import type { ArchivedOrgUnit } from '../record/archived-scope.js';

type Named = Pick<ArchivedOrgUnit, 'orgUnitId' | 'name'> & Partial<ArchivedOrgUnit>;

/** An OU that lies in no facility and below no other, but for what the test names. */
export function anOrgUnit(named: Named): ArchivedOrgUnit {
  return { parentOrgUnitId: null, facilityId: null, ...named };
}
