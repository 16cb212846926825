import { useQuery } from '@tanstack/react-query';
import { useMemo, useState, type FormEvent, type ReactNode } from 'react';
import { isRefused, type Me, type OrgUnits } from '../api/client.js';
import { orgUnitsQuery } from '../data/queries.js';
import { faultText } from '../elements/fault-text.js';
import { Lightbox } from '../elements/lightbox.js';
import { Notice } from '../elements/notice.js';
import { useLanguage } from '../language/language.js';
import { EstimateLine } from './estimate-line.js';
import { passwordFault } from './password-choice.js';
import { PasswordFields } from './password-fields.js';
import { blankForm, scopeOf, type RequestForm } from './request-form.js';
import { IncludedFields, ScopeFields } from './scope-fields.js';
import { useRequest } from './use-request.js';
import './request.css';

interface RequestLightboxProps {
  readonly me: Me;
  readonly close: () => void;
  readonly tell: (text: string) => void;
}

export function RequestLightbox({ me, close, tell }: RequestLightboxProps) {
  const { say } = useLanguage();
  const choices = useQuery(orgUnitsQuery);
  return (
    <Lightbox title={say('ask.title')} close={close} size="large">
      {choices.isPending && <Notice title={say('loading')} busy />}
      {choices.isError && <Notice icon="warning" title={say('error.title')} text={faultText(say, choices.error)} />}
      {choices.data && <Form me={me} choices={choices.data} close={close} tell={tell} />}
    </Lightbox>
  );
}

function Form({ me, choices, close, tell }: RequestLightboxProps & { choices: OrgUnits }) {
  const { say, dateTime } = useLanguage();
  const [form, setForm] = useState<RequestForm>(blankForm);
  const [tried, setTried] = useState(false);
  const request = useRequest(() => {
    tell(me.nextScanAt === null ? say('ask.doneUnknown') : say('ask.done', { at: dateTime(me.nextScanAt) }));
    close();
  });
  const scope = useScope(form);
  const isGuessed = isRefused(request.error, 'password');
  const fault = passwordFault(form.password);
  const shown = isGuessed ? 'ask.passwordGuessed' : fault;
  const send = (event: FormEvent<HTMLFormElement>) => {
    event.preventDefault();
    setTried(true);
    if (fault === undefined) return request.mutate(form);
    // The field to correct may have been scrolled out of sight.
    const fields = event.currentTarget.querySelectorAll<HTMLInputElement>('input[type="password"]');
    fields[fault === 'ask.passwordDiffers' ? 1 : 0]?.focus();
  };
  return (
    <form className="lightbox-form" onSubmit={send}>
      <div className="lightbox-body">
        <ScopeFields form={form} choices={choices} change={setForm} />
        <IncludedFields form={form} change={setForm} />
        <PasswordFields
          value={form.password}
          change={(password) => {
            request.reset();
            setForm({ ...form, password });
          }}
          fault={tried && shown ? say(shown) : undefined}
        />
      </div>
      <Foot
        scope={scope}
        fault={request.error && !isGuessed && faultText(say, request.error)}
        disabled={request.isPending || (!form.includeActive && !form.includeInactive)}
        close={close}
      />
    </form>
  );
}

interface FootProps {
  readonly scope: ReturnType<typeof scopeOf>;
  readonly fault: ReactNode;
  readonly disabled: boolean;
  readonly close: () => void;
}

function Foot({ scope, fault, disabled, close }: FootProps) {
  const { say } = useLanguage();
  return (
    <footer className="lightbox-foot">
      <div className="foot-words">
        <EstimateLine scope={scope} />
        <p role="alert" className="fault">
          {fault}
        </p>
      </div>
      <button type="button" className="button" onClick={close}>
        {say('ask.cancel')}
      </button>
      <button type="submit" className="button primary" disabled={disabled}>
        {say('ask.submit')}
      </button>
    </footer>
  );
}

/** The same object as long as only the password changes. */
function useScope(form: RequestForm) {
  const { facilityIds, orgUnitIds, includeActive, includeInactive, excludeSuperseded } = form;
  return useMemo(
    () => scopeOf({ ...blankForm, facilityIds, orgUnitIds, includeActive, includeInactive, excludeSuperseded }),
    [facilityIds, orgUnitIds, includeActive, includeInactive, excludeSuperseded],
  );
}
