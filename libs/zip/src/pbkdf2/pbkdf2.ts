import { createHash } from 'node:crypto';
import { instanceOf } from '../wasm/wasm-code.js';
import { BLOCK_WORDS, LANES_BYTES, PLACE, sha1LanesModule, STATE_WORDS } from './sha1-lanes.js';

const LANES = 4;
const WORD_BYTES = 4;
const BLOCK_BYTES = 64;
const INITIAL_STATE = [0x67452301, 0xefcdab89, 0x98badcfe, 0x10325476, 0xc3d2e1f0];
const HMAC_PADS = [
  [0x36, PLACE.inner],
  [0x5c, PLACE.outer],
] as const;

interface Sha1Lanes {
  readonly memory: { readonly buffer: ArrayBuffer };
  readonly compress: (state: number, block: number, result: number) => void;
  readonly compress20: (state: number, block: number, result: number) => void;
  readonly repeat: (times: number) => void;
}

/** Bytes of a salt, as WinZip's AES-256 has it. */
export const SALT_BYTES = 16;
/** Bytes of one derivation: four SHA-1 digests, each made in a lane of its own. */
export const DERIVED_BYTES = LANES * STATE_WORDS * WORD_BYTES;

/**
 * PBKDF2 with HMAC-SHA1 (RFC 8018, 5.2) for the one case that a ZIP needs: four blocks of output from 16 bytes of salt.
 * The blocks do not depend on each other: SIMD makes all four at once, in about a quarter of the time that OpenSSL
 * takes. Blocks its thread.
 */
export class Pbkdf2 {
  readonly #lanes = instanceOf(sha1LanesModule()) as Sha1Lanes;
  readonly #words = new Int32Array(this.#lanes.memory.buffer);
  /** The password that `inner` and `outer` were made from; empty at first, which no password is. */
  #password = Buffer.alloc(0);

  constructor() {
    for (const [index, word] of INITIAL_STATE.entries()) this.#fill(PLACE.initial, index, word);
  }

  /** `DERIVED_BYTES` of key material; `salt` has `SALT_BYTES`. */
  derive(password: Uint8Array, salt: Uint8Array, rounds: number): Buffer {
    this.#takeKey(password);
    const blocks = new DataView(salt.buffer, salt.byteOffset, SALT_BYTES);
    for (let word = 0; word < LANES; word += 1) this.#fill(PLACE.message, word, blocks.getInt32(word * WORD_BYTES));
    // The salt is followed by the number of the output block, another in each lane.
    this.#words.set([1, 2, 3, 4], this.#at(PLACE.message, LANES));
    this.#words.fill(0, this.#at(PLACE.sum, 0), this.#at(PLACE.sum, STATE_WORDS));
    this.#lanes.repeat(rounds);
    return this.#sum();
  }

  // The states after the key's block, from which each HMAC continues (RFC 2104).
  #takeKey(password: Uint8Array): void {
    if (this.#password.equals(password)) return;
    this.#password = Buffer.from(password);
    const key = password.length > BLOCK_BYTES ? createHash('sha1').update(password).digest() : password;
    for (const [pad, place] of HMAC_PADS) {
      const block = Buffer.alloc(BLOCK_BYTES, pad);
      for (const [index, byte] of key.entries()) block[index] = byte ^ pad;
      for (let word = 0; word < BLOCK_WORDS; word += 1)
        this.#fill(PLACE.key, word, block.readInt32BE(word * WORD_BYTES));
      this.#lanes.compress(PLACE.initial, PLACE.key, place);
    }
    this.#words.fill(0, this.#at(PLACE.key, 0), this.#at(PLACE.key, BLOCK_WORDS));
  }

  #sum(): Buffer {
    const derived = Buffer.allocUnsafeSlow(DERIVED_BYTES);
    for (let lane = 0; lane < LANES; lane += 1) {
      for (let word = 0; word < STATE_WORDS; word += 1) {
        const value = this.#words[this.#at(PLACE.sum, word) + lane] ?? 0;
        derived.writeInt32BE(value, (lane * STATE_WORDS + word) * WORD_BYTES);
      }
    }
    return derived;
  }

  #fill(place: number, word: number, value: number): void {
    const at = this.#at(place, word);
    this.#words.fill(value, at, at + LANES);
  }

  #at(place: number, word: number): number {
    return (place + word * LANES_BYTES) / WORD_BYTES;
  }
}
