import { normalizedPassword, passwordFaultOf } from '@account-backups/contracts/archive-password.js';
import type { MessageKey } from '../language/en.js';

export interface PasswordChoice {
  readonly kind: 'none' | 'own' | 'generated';
  readonly password: string;
  readonly again: string;
}

const faults = {
  empty: 'ask.passwordEmpty',
  short: 'ask.passwordShort',
  long: 'ask.passwordLong',
  space: 'ask.passwordSpace',
  edge: 'ask.passwordEdge',
  invisible: 'ask.passwordInvisible',
} as const;

/** What is wrong with the password, if anything. */
export function passwordFault({ kind, password, again }: PasswordChoice): MessageKey | undefined {
  if (kind !== 'own') return undefined;
  const fault = passwordFaultOf(password);
  if (fault) return faults[fault];
  return normalizedPassword(password) === normalizedPassword(again) ? undefined : 'ask.passwordDiffers';
}
