export type Strength = 'weak' | 'fair' | 'strong';

const FAIR_BITS = 45;
const STRONG_BITS = 65;
const MOST_BYTES = 99;
const OFTEN =
  /pass(word|wort)|qwert|asdf|letmein|admin|welcome|backup|iloveyou|dragon|monkey|(19|20)\d\d|0123|1234|abcd/gi;

const alphabets: readonly (readonly [RegExp, number])[] = [
  [/[a-z]/, 26],
  [/[A-Z]/, 26],
  [/\d/, 10],
  [/[\x20-\x2f\x3a-\x40\x5b-\x60\x7b-\x7e]/, 33],
  [/[^\x00-\x7f]/, 60],
];

/** A careful guess of how long a password holds: length times alphabet, less what everybody tries first. */
export function strengthOf(password: string): Strength {
  const size = alphabets.reduce((sum, [pattern, count]) => sum + (pattern.test(password) ? count : 0), 0);
  // What everybody tries first, and a character repeated, count as one.
  const rest = password.replace(OFTEN, '.').replace(/(.)\1+/gu, '$1');
  const bits = Array.from(rest).length * Math.log2(Math.max(2, size));
  if (bits < FAIR_BITS) return 'weak';
  return bits < STRONG_BITS ? 'fair' : 'strong';
}

/** Whether 7-Zip could not take it. */
export function isTooLong(password: string): boolean {
  return new TextEncoder().encode(password).length > MOST_BYTES;
}
