import { useQuery } from '@tanstack/react-query';
import { useMemo, useState, type FormEvent } from 'react';
import type { Me, OrgUnits } from '../api/client.js';
import { orgUnitsQuery } from '../data/queries.js';
import { Shell } from '../dialogs/shell.js';
import { faultText } from '../frame/fault-text.js';
import { Notice } from '../frame/notice.js';
import { useLanguage } from '../language/language.js';
import { EstimateLine } from './estimate-line.js';
import { OrgUnitPicker } from './org-unit-picker.js';
import { PasswordFields } from './password-fields.js';
import { blankForm, orgUnitsIn, passwordFault, scopeOf, withFacilities, type RequestForm } from './request-form.js';
import { Tick } from './tick.js';
import { useRequest } from './use-request.js';

interface RequestDialogProps {
  readonly me: Me;
  readonly close: () => void;
  readonly tell: (text: string) => void;
}

export function RequestDialog({ me, close, tell }: RequestDialogProps) {
  const { say } = useLanguage();
  const choices = useQuery(orgUnitsQuery);
  return (
    <Shell title={say('ask.title')} close={close} size="large">
      {choices.isPending && <Notice title={say('loading')} busy />}
      {choices.isError && <Notice icon="warning" title={say('error.title')} text={faultText(say, choices.error)} />}
      {choices.data && <Form me={me} choices={choices.data} close={close} tell={tell} />}
    </Shell>
  );
}

function Form({ me, choices, close, tell }: RequestDialogProps & { choices: OrgUnits }) {
  const { say, dateTime } = useLanguage();
  const [form, setForm] = useState<RequestForm>(blankForm);
  const [tried, setTried] = useState(false);
  const request = useRequest(() => {
    tell(say('ask.done', { at: dateTime(me.nextScanAt) }));
    close();
  });
  const scope = useScope(form);
  const fault = passwordFault(form.password);
  const send = (event: FormEvent<HTMLFormElement>) => {
    event.preventDefault();
    setTried(true);
    if (fault === undefined) return request.mutate(form);
    // What is to be mended may have been scrolled away.
    const fields = event.currentTarget.querySelectorAll<HTMLInputElement>('input[type="password"]');
    fields[fault === 'ask.passwordDiffers' ? 1 : 0]?.focus();
  };
  return (
    <form className="lightbox-form" onSubmit={send}>
      <div className="lightbox-body">
        <Scope form={form} choices={choices} change={setForm} />
        <Included form={form} change={setForm} />
        <PasswordFields
          value={form.password}
          change={(password) => setForm({ ...form, password })}
          fault={tried && fault ? say(fault) : undefined}
        />
      </div>
      <footer className="lightbox-foot">
        <div className="foot-words">
          <EstimateLine scope={scope} />
          <p role="alert" className="fault">
            {request.error && faultText(say, request.error)}
          </p>
        </div>
        <button type="button" className="button" onClick={close}>
          {say('ask.cancel')}
        </button>
        <button
          type="submit"
          className="button primary"
          disabled={request.isPending || (!form.includeActive && !form.includeInactive)}
        >
          {say('ask.submit')}
        </button>
      </footer>
    </form>
  );
}

interface PartProps {
  readonly form: RequestForm;
  readonly change: (form: RequestForm) => void;
}

function Scope({ form, choices: { facilities, orgUnits }, change }: PartProps & { choices: OrgUnits }) {
  const { say } = useLanguage();
  const offered = useMemo(() => orgUnitsIn(orgUnits, form.facilityIds), [orgUnits, form.facilityIds]);
  const pickFacility = (facilityId: string, ticked: boolean) => {
    const others = form.facilityIds.filter((id) => id !== facilityId);
    change(withFacilities(form, ticked ? [...others, facilityId] : others, orgUnits));
  };
  return (
    <>
      {facilities.length > 0 && (
        <fieldset className="field">
          <legend>{say('ask.facilities')}</legend>
          <p className="hint">{say('ask.facilitiesHint')}</p>
          <div className="choices">
            {facilities.map(({ facilityId, name }) => (
              <Tick
                key={facilityId}
                label={name}
                ticked={form.facilityIds.includes(facilityId)}
                change={(ticked) => pickFacility(facilityId, ticked)}
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

function Included({ form, change }: PartProps) {
  const { say } = useLanguage();
  return (
    <fieldset className="field">
      <legend>{say('ask.include')}</legend>
      <Tick
        label={say('ask.active')}
        ticked={form.includeActive}
        change={(includeActive) => change({ ...form, includeActive })}
      />
      <Tick
        label={say('ask.inactive')}
        ticked={form.includeInactive}
        change={(includeInactive) => change({ ...form, includeInactive })}
      />
      <Tick
        label={say('ask.superseded')}
        ticked={form.excludeSuperseded}
        change={(excludeSuperseded) => change({ ...form, excludeSuperseded })}
      />
    </fieldset>
  );
}

/** The same object as long as nothing but the password changes. */
function useScope(form: RequestForm) {
  const { facilityIds, orgUnitIds, includeActive, includeInactive, excludeSuperseded } = form;
  return useMemo(
    () => scopeOf({ ...blankForm, facilityIds, orgUnitIds, includeActive, includeInactive, excludeSuperseded }),
    [facilityIds, orgUnitIds, includeActive, includeInactive, excludeSuperseded],
  );
}
