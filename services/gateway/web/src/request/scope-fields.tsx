import { useMemo } from 'react';
import type { OrgUnits } from '../api/client.js';
import { useLanguage } from '../language/language.js';
import { OrgUnitPicker } from './org-unit-picker.js';
import { orgUnitsIn, withFacilities, type RequestForm } from './request-form.js';
import { LabelledCheckbox } from './labelled-checkbox.js';

interface FieldsProps {
  readonly form: RequestForm;
  readonly change: (form: RequestForm) => void;
}

/** Which facilities, and which OUs of them. */
export function ScopeFields({ form, choices: { facilities, orgUnits }, change }: FieldsProps & { choices: OrgUnits }) {
  const { say } = useLanguage();
  const offered = useMemo(() => orgUnitsIn(orgUnits, form.facilityIds), [orgUnits, form.facilityIds]);
  const pickFacility = (facilityId: string, checked: boolean) => {
    const others = form.facilityIds.filter((id) => id !== facilityId);
    change(withFacilities(form, checked ? [...others, facilityId] : others, orgUnits));
  };
  return (
    <>
      {facilities.length > 0 && (
        <fieldset className="field">
          <legend>{say('ask.facilities')}</legend>
          <p className="hint">{say('ask.facilitiesHint')}</p>
          <div className="choices">
            {facilities.map(({ facilityId, name }) => (
              <LabelledCheckbox
                key={facilityId}
                label={name}
                checked={form.facilityIds.includes(facilityId)}
                change={(checked) => pickFacility(facilityId, checked)}
              />
            ))}
          </div>
        </fieldset>
      )}
      <OrgUnitPicker
        orgUnits={offered}
        chosen={form.orgUnitIds}
        choose={(orgUnitIds) => change({ ...form, orgUnitIds })}
      />
    </>
  );
}

/** Which documents of them. */
export function IncludedFields({ form, change }: FieldsProps) {
  const { say } = useLanguage();
  return (
    <fieldset className="field">
      <legend>{say('ask.include')}</legend>
      <LabelledCheckbox
        label={say('ask.active')}
        checked={form.includeActive}
        change={(includeActive) => change({ ...form, includeActive })}
      />
      <LabelledCheckbox
        label={say('ask.inactive')}
        checked={form.includeInactive}
        change={(includeInactive) => change({ ...form, includeInactive })}
      />
      <LabelledCheckbox
        label={say('ask.superseded')}
        checked={form.excludeSuperseded}
        change={(excludeSuperseded) => change({ ...form, excludeSuperseded })}
      />
    </fieldset>
  );
}
