import { createCipheriv, type Cipher } from 'node:crypto';
import { discard } from '../streams/discard.js';
import { instanceOf } from '../wasm/wasm-code.js';
import { BLOCK_BYTES, CTR_STEP_BYTES, ctrLanesModule, PLACE, TURN_BYTES } from './ctr-lanes.js';

export { CTR_STEP_BYTES } from './ctr-lanes.js';

const FIRST_COUNTER = 1;

/** Memory that steps are made in. A step is never interrupted, so all entries of a thread share it. */
class Workplace {
  readonly #lanes = instanceOf(ctrLanesModule()) as {
    readonly memory: { readonly buffer: ArrayBuffer };
    readonly count: (turns: number, address: number) => void;
    readonly combine: (turns: number, address: number) => void;
  };
  readonly #next = new BigUint64Array(this.#lanes.memory.buffer, PLACE.next, 1);
  readonly #keystream = this.#page(PLACE.keystream);
  readonly #content = this.#page(PLACE.content);

  /** Content XORed with the keystream from this counter on; valid until the next step. */
  step(cipher: Cipher, counter: number, content: Uint8Array): Uint8Array {
    const blocks = Math.ceil(content.length / BLOCK_BYTES);
    const turns = Math.ceil((blocks * BLOCK_BYTES) / TURN_BYTES);
    this.#next[0] = BigInt(counter);
    this.#lanes.count(turns, 0);
    const keystream = cipher.update(this.#page(PLACE.counters, blocks * BLOCK_BYTES));
    this.#keystream.set(keystream);
    discard(keystream);
    this.#content.set(content);
    this.#lanes.combine(turns, 0);
    return this.#content.subarray(0, content.length);
  }

  #page(place: number, sizeBytes = CTR_STEP_BYTES): Uint8Array {
    return new Uint8Array(this.#lanes.memory.buffer, place, sizeBytes);
  }
}

let workplace: Workplace | undefined;

/**
 * AES-256 in counter mode as WinZip defines it: the counter is little-endian and starts at 1. OpenSSL's CTR counts
 * big-endian, so OpenSSL encrypts the counter blocks in ECB mode, and they are combined with the content here.
 * Decrypting is the same call.
 */
export class LittleEndianCtr {
  readonly #cipher: Cipher;
  #nextCounter: number;

  /** `key` has 32 bytes and is for one entry only. `firstCounter` continues within a stream. */
  constructor(key: Uint8Array, firstCounter = FIRST_COUNTER) {
    this.#cipher = createCipheriv('aes-256-ecb', key, null).setAutoPadding(false);
    this.#nextCounter = firstCounter;
  }

  /** The next step: up to `CTR_STEP_BYTES`, in all but the last step a multiple of 16. Leaves the input unchanged. */
  xor(input: Uint8Array): Buffer {
    return Buffer.from(this.#step(input));
  }

  /** The same in place. */
  xorInPlace(step: Uint8Array): void {
    step.set(this.#step(step));
  }

  #step(content: Uint8Array): Uint8Array {
    if (content.length === 0) return content;
    const counter = this.#nextCounter;
    this.#nextCounter += Math.ceil(content.length / BLOCK_BYTES);
    workplace ??= new Workplace();
    return workplace.step(this.#cipher, counter, content);
  }
}
