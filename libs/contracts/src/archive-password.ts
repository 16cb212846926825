// The one rule for passwords of archives: what can be typed again, on another machine, into another program. It runs in
// the page too, so it uses nothing of Node.

/** The longest that 7-Zip accepts, in UTF-8. */
export const MAX_PASSWORD_BYTES = 99;

/** The format lets a guesser try millions a second, so that length is what protects. */
export const MIN_PASSWORD_BYTES = 14;

type PasswordFault = 'empty' | 'short' | 'long' | 'space' | 'edge' | 'invisible';

/** What is expected instead, in words. */
export const passwordExpectations: Readonly<Record<PasswordFault, string>> = {
  empty: 'expected at least one character',
  short: `expected at least ${MIN_PASSWORD_BYTES} bytes in UTF-8`,
  long: `expected at most ${MAX_PASSWORD_BYTES} bytes in UTF-8`,
  space: 'expected no white space but the plain space: no tab, line end or no-break space',
  edge: 'expected no space at the beginning or at the end',
  invisible: 'expected no invisible characters, such as control characters and joiners between emoji',
};

const OTHER_SPACE = /[^\S ]/u;
// The Braille blank counts as a symbol.
const INVISIBLE = /[\p{Cc}\p{Cf}\p{Cs}\p{Default_Ignorable_Code_Point}\u2800]/u;

/**
 * A password as archives are encrypted with it: in Unicode's form NFC. One machine types `é` as one character, another
 * as two, and a reader knows nothing but bytes.
 */
export function normalizedPassword(typed: string): string {
  return typed.normalize('NFC');
}

/** What keeps a password from being used, if anything. */
export function passwordFaultOf(typed: string): PasswordFault | undefined {
  const password = normalizedPassword(typed);
  if (password === '') return 'empty';
  if (OTHER_SPACE.test(password)) return 'space';
  if (password !== password.trim()) return 'edge';
  if (INVISIBLE.test(password)) return 'invisible';
  const sizeBytes = new TextEncoder().encode(password).length;
  if (sizeBytes < MIN_PASSWORD_BYTES) return 'short';
  return sizeBytes > MAX_PASSWORD_BYTES ? 'long' : undefined;
}
