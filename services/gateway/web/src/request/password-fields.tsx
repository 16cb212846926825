import { useState } from 'react';
import { Radio, RadioGroup } from 'react-aria-components';
import { Icon } from '../elements/icons.js';
import { useLanguage } from '../language/language.js';
import { passphrase } from './passphrase.js';
import type { PasswordChoice } from './password-choice.js';
import { strengthOf } from './password-strength.js';
import './password.css';

interface PasswordFieldsProps {
  readonly value: PasswordChoice;
  readonly change: (value: PasswordChoice) => void;
  /** What is wrong with it, once somebody has tried to send it. */
  readonly fault: string | undefined;
}

const kinds = { none: 'ask.passwordNone', own: 'ask.passwordOwn', generated: 'ask.passwordGenerated' } as const;

export function PasswordFields({ value, change, fault }: PasswordFieldsProps) {
  const { say } = useLanguage();
  const pick = (picked: string) => {
    const kind = picked === 'own' || picked === 'generated' ? picked : 'none';
    const password = kind === 'generated' ? passphrase() : '';
    change({ kind, password, again: password });
  };
  return (
    <RadioGroup className="field" value={value.kind} onChange={pick} aria-label={say('ask.password')}>
      <span className="field-name" aria-hidden="true">
        {say('ask.password')}
      </span>
      {(['none', 'own', 'generated'] as const).map((kind) => (
        <Radio key={kind} value={kind} className="choice">
          <span className="dot" aria-hidden="true" />
          {say(kinds[kind])}
        </Radio>
      ))}
      {value.kind === 'own' && <OwnPassword value={value} change={change} fault={fault} />}
      {value.kind === 'generated' && <GeneratedPassword password={value.password} again={() => pick('generated')} />}
      {value.kind !== 'none' && (
        <p className="warning">
          <Icon name="warning" />
          {say('ask.passwordWarning')}
        </p>
      )}
    </RadioGroup>
  );
}

function OwnPassword({ value, change, fault }: PasswordFieldsProps) {
  const { say } = useLanguage();
  const strength = strengthOf(value.password);
  return (
    <div className="password-own">
      <label>
        <span>{say('ask.passwordField')}</span>
        <input
          type="password"
          autoComplete="new-password"
          value={value.password}
          aria-describedby="strength"
          onChange={({ target }) => change({ ...value, password: target.value })}
        />
      </label>
      <label>
        <span>{say('ask.passwordAgain')}</span>
        <input
          type="password"
          autoComplete="new-password"
          value={value.again}
          aria-invalid={fault !== undefined}
          aria-describedby="password-fault"
          onChange={({ target }) => change({ ...value, again: target.value })}
        />
      </label>
      <p id="strength" role="status" className={`strength ${strength}`}>
        {value.password !== '' && say('ask.strength', { word: say(`strength.${strength}`) })}
      </p>
      <p id="password-fault" role="alert" className="fault">
        {fault}
      </p>
    </div>
  );
}

function GeneratedPassword({ password, again }: { password: string; again: () => void }) {
  const { say } = useLanguage();
  const [copied, setCopied] = useState('');
  const copy = async () => {
    await navigator.clipboard.writeText(password);
    setCopied(password);
  };
  return (
    <div className="password-generated">
      <output aria-label={say('ask.passwordGeneratedField')}>{password}</output>
      <div>
        <button type="button" className="button" onClick={() => void copy().catch(() => undefined)}>
          {copied === password ? say('action.copied') : say('action.copy')}
        </button>
        <button type="button" className="button quiet" onClick={again}>
          {say('ask.regenerate')}
        </button>
      </div>
    </div>
  );
}
