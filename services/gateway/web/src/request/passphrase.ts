import { wordlist } from '@scure/bip39/wordlists/english.js';

const WORDS = 6;

/** Six words, each drawn evenly from 2,048: 66 bits. */
export function passphrase(): string {
  const random = crypto.getRandomValues(new Uint16Array(WORDS));
  // 2,048 divides 65,536, so the remainder favours no word.
  return Array.from(random, (number) => wordlist[number % wordlist.length]).join('-');
}
