type Strength = 'weak' | 'fair' | 'strong';

const FAIR_BITS = 45;
const STRONG_BITS = 65;
const OFTEN =
  /pass(word|wort)|qwert|asdf|letmein|admin|welcome|backup|iloveyou|dragon|monkey|(19|20)\d\d|0123|1234|abcd/gi;

const LETTER_BITS = 5.2;
/** The worth of a dictionary word; letters beyond the length of a word count in full again. */
const WORD_BITS = 13;
const WORD_LETTERS = 10;
const DIGIT_BITS = 3.3;
const OTHER_BITS = 5;

/** A cautious guess: words count as words, and what everybody tries first counts as one character. */
export function strengthOf(password: string): Strength {
  const rest = password.replace(OFTEN, '.').replace(/(.)\1+/gu, '$1');
  const pieces = rest.match(/\p{L}+|\p{N}|[^\p{L}\p{N}]+/gu) ?? [];
  const bits = pieces.reduce((sum, piece) => sum + bitsOf(piece), 0);
  if (bits < FAIR_BITS) return 'weak';
  return bits < STRONG_BITS ? 'fair' : 'strong';
}

function bitsOf(piece: string): number {
  const length = Array.from(piece).length;
  if (/^\p{N}/u.test(piece)) return DIGIT_BITS;
  if (!/^\p{L}/u.test(piece)) return length * OTHER_BITS;
  const mixed = piece !== piece.toLowerCase() && piece !== piece.toUpperCase() && !/^\p{Lu}\p{Ll}+$/u.test(piece);
  if (mixed) return length * LETTER_BITS;
  return Math.min(length * LETTER_BITS, WORD_BITS + Math.max(0, length - WORD_LETTERS) * LETTER_BITS);
}
