import { AppError, type BackupRequest, type PermittedOrgUnits } from '@account-backups/contracts';

/**
 * The OUs that a request means, out of those that the requester may back up. Unknown and invisible ids are refused
 * alike, so a refusal tells nothing about what exists. A request with several faults is refused in the order below.
 */
export function resolveScope(permitted: PermittedOrgUnits, request: BackupRequest): PermittedOrgUnits {
  if (!request.includeActive && !request.includeInactive) {
    throw new AppError('NOTHING_INCLUDED', 'expected active documents, inactive documents or both to be included');
  }
  if (permitted.orgUnits.length === 0) {
    throw new AppError('PERMISSION_MISSING', 'you may back up no OU of this account');
  }
  const facilityIds = new Set(request.facilityIds);
  const orgUnitIds = new Set(request.orgUnitIds);
  refuseUnknown(
    facilityIds,
    new Set(permitted.facilities.map(({ facilityId }) => facilityId)),
    'FACILITY_NOT_PERMITTED',
  );
  refuseUnknown(orgUnitIds, new Set(permitted.orgUnits.map(({ orgUnitId }) => orgUnitId)), 'ORG_UNIT_NOT_PERMITTED');
  const orgUnits = chosenOrgUnits(permitted.orgUnits, facilityIds, orgUnitIds);
  const places = new Set(orgUnits.map(({ facilityId }) => facilityId));
  return { orgUnits, facilities: permitted.facilities.filter(({ facilityId }) => places.has(facilityId)) };
}

type OrgUnits = PermittedOrgUnits['orgUnits'];

function chosenOrgUnits(all: OrgUnits, facilityIds: ReadonlySet<string>, orgUnitIds: ReadonlySet<string>): OrgUnits {
  const chosen = all.filter(({ orgUnitId }) => orgUnitIds.has(orgUnitId));
  if (facilityIds.size === 0) return chosen.length > 0 ? chosen : [...all];
  const outside = chosen.find(({ facilityId }) => facilityId === null || !facilityIds.has(facilityId));
  if (outside) {
    throw new AppError('ORG_UNIT_OUTSIDE_FACILITIES', `OU ${outside.orgUnitId} lies in none of the chosen facilities`);
  }
  const narrowed = new Set(chosen.map(({ facilityId }) => facilityId));
  return all.filter(({ orgUnitId, facilityId }) => {
    if (facilityId === null || !facilityIds.has(facilityId)) return false;
    return narrowed.has(facilityId) ? orgUnitIds.has(orgUnitId) : true;
  });
}

function refuseUnknown(
  asked: ReadonlySet<string>,
  permitted: ReadonlySet<string>,
  code: 'FACILITY_NOT_PERMITTED' | 'ORG_UNIT_NOT_PERMITTED',
): void {
  const unknown = [...asked].find((id) => !permitted.has(id));
  if (unknown === undefined) return;
  const what = code === 'FACILITY_NOT_PERMITTED' ? 'facility' : 'OU';
  throw new AppError(code, `${what} ${unknown} is not one that you may back up`);
}
