import { wordlist } from '@scure/bip39/wordlists/english.js';

const WORDS = 6;

/** Six words of 2,048, each as likely as any other: 66 bits. */
export function passphrase(): string {
  const random = crypto.getRandomValues(new Uint16Array(WORDS));
  // 2,048 divides 65,536, so the remainder favours no word.
  return Array.from(random, (number) => wordlist[number % wordlist.length]).join('-');
}

/** A key for one attempt; `crypto.randomUUID` is missing where the page comes over plain HTTP. */
export function attemptKey(): string {
  return Array.from(crypto.getRandomValues(new Uint8Array(16)), (byte) => byte.toString(16).padStart(2, '0')).join('');
}
