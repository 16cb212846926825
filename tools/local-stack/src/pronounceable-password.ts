import { randomInt } from 'node:crypto';

const CONSONANTS = 'bdfgklmnprstvz';
const VOWELS = 'aeiou';
const WORDS = 4;

/** A password that can be read aloud and typed from a terminal: four words of two syllables, 48 bits. */
export function pronounceablePassword(): string {
  return Array.from({ length: WORDS }, () => syllable() + syllable()).join('-');
}

function syllable(): string {
  return pick(CONSONANTS) + pick(VOWELS);
}

function pick(letters: string): string {
  return letters.charAt(randomInt(letters.length));
}
