import type { BackupRequest, OrgUnit } from '../api/client.js';
import type { PasswordChoice } from './password-choice.js';

export interface RequestForm {
  readonly facilityIds: readonly string[];
  readonly orgUnitIds: ReadonlySet<string>;
  readonly includeActive: boolean;
  readonly includeInactive: boolean;
  readonly excludeSuperseded: boolean;
  readonly password: PasswordChoice;
}

export const blankForm: RequestForm = {
  facilityIds: [],
  orgUnitIds: new Set(),
  includeActive: true,
  includeInactive: false,
  excludeSuperseded: false,
  password: { kind: 'none', password: '', again: '' },
};

/** The OUs to choose from: those of the chosen facilities, or all. */
export function orgUnitsIn(orgUnits: readonly OrgUnit[], facilityIds: readonly string[]): readonly OrgUnit[] {
  if (facilityIds.length === 0) return orgUnits;
  return orgUnits.filter(({ facilityId }) => facilityIds.includes(facilityId ?? ''));
}

/** The form with other facilities, and without the chosen OUs that lie outside them. */
export function withFacilities(
  form: RequestForm,
  facilityIds: readonly string[],
  all: readonly OrgUnit[],
): RequestForm {
  const inside = new Set(orgUnitsIn(all, facilityIds).map(({ orgUnitId }) => orgUnitId));
  const orgUnitIds = new Set([...form.orgUnitIds].filter((id) => inside.has(id)));
  return { ...form, facilityIds, orgUnitIds };
}

/** What the form asks for without the password, which an estimate does not need. */
export function scopeOf(form: RequestForm): BackupRequest {
  const { includeActive, includeInactive, excludeSuperseded } = form;
  return {
    ...(form.facilityIds.length > 0 && { facilityIds: [...form.facilityIds] }),
    ...(form.orgUnitIds.size > 0 && { orgUnitIds: [...form.orgUnitIds] }),
    includeActive,
    includeInactive,
    excludeSuperseded,
  };
}

export function bodyToSend(form: RequestForm): BackupRequest {
  const { kind, password } = form.password;
  return { ...scopeOf(form), ...(kind !== 'none' && { password }) };
}
