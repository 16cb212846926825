import type { MessageKey } from '../language/en.js';

/** The longest that 7-Zip accepts. */
const MAX_PASSWORD_BYTES = 99;

export interface PasswordChoice {
  readonly kind: 'none' | 'own' | 'generated';
  readonly password: string;
  readonly again: string;
}

/** What is wrong with the password, if anything. */
export function passwordFault({ kind, password, again }: PasswordChoice): MessageKey | undefined {
  if (kind !== 'own') return undefined;
  if (password === '') return 'ask.passwordEmpty';
  if (isTooLong(password)) return 'ask.passwordLong';
  return password === again ? undefined : 'ask.passwordDiffers';
}

export function isTooLong(password: string): boolean {
  return new TextEncoder().encode(password).length > MAX_PASSWORD_BYTES;
}
