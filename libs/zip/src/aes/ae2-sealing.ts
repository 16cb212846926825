import { createHmac, randomFillSync, type Hmac } from 'node:crypto';
import { Pbkdf2, SALT_BYTES } from '../pbkdf2/pbkdf2.js';
import { CTR_STEP_BYTES, LittleEndianCtr } from './aes-ctr.js';
import { contentOf, type Frame } from './frame.js';

/** Bytes of each part of an AE-2 payload: salt, verifier, ciphertext, authentication code. */
export const AE2_BYTES = { salt: SALT_BYTES, verifier: 2, authentication: 10 } as const;
/** What stands before the ciphertext. */
export const AE2_LEAD_BYTES = AE2_BYTES.salt + AE2_BYTES.verifier;

const KEY_BYTES = 32;
const PBKDF2_ROUNDS = 1000;

/** The keys of one entry, made from the password and a salt of its own. */
export interface Ae2Key {
  readonly salt: Buffer;
  readonly verifier: Buffer;
  readonly encryptionKey: Buffer;
  readonly authenticationKey: Buffer;
}

/** What keys are cut from: PBKDF2-HMAC-SHA1 with 1000 rounds, as WinZip AES demands. */
export type DeriveBytes = (password: Uint8Array, salt: Uint8Array) => Buffer;

/** Derives on the calling thread, which takes about a quarter of a millisecond. `code` is `compiledLanes()`. */
export function derivation(code: object): DeriveBytes {
  const pbkdf2 = new Pbkdf2(code);
  return (password, salt) => pbkdf2.derive(password, salt, PBKDF2_ROUNDS);
}

/** Cuts what a derivation gave into keys. */
export function ae2KeyOf(salt: Buffer, derived: Buffer): Ae2Key {
  return {
    salt,
    encryptionKey: derived.subarray(0, KEY_BYTES),
    authenticationKey: derived.subarray(KEY_BYTES, 2 * KEY_BYTES),
    verifier: derived.subarray(2 * KEY_BYTES, 2 * KEY_BYTES + AE2_BYTES.verifier),
  };
}

const RESERVE_BYTES = 256 * AE2_BYTES.salt;
let reserve = Buffer.alloc(0);

// Random bytes for many salts at once: asking for sixteen takes as long.
function freshSalt(): Buffer {
  if (reserve.length === 0) reserve = randomFillSync(Buffer.alloc(RESERVE_BYTES));
  const salt = reserve.subarray(0, AE2_BYTES.salt);
  reserve = reserve.subarray(AE2_BYTES.salt);
  return salt;
}

/** Enciphers one entry under a fresh salt, frame by frame in place. */
export class Ae2Sealing {
  readonly #key: Ae2Key;
  readonly #ctr: LittleEndianCtr;
  readonly #mac: Hmac;
  #begun = false;

  constructor(password: Uint8Array, deriveBytes: DeriveBytes) {
    const salt = freshSalt();
    this.#key = ae2KeyOf(salt, deriveBytes(password, salt));
    this.#ctr = new LittleEndianCtr(this.#key.encryptionKey);
    this.#mac = createHmac('sha1', this.#key.authenticationKey);
  }

  /** Writes salt and verifier before the first frame's content, the authentication code after the last one's. */
  seal(frame: Frame, isLast: boolean): void {
    if (!this.#begun) Buffer.concat([this.#key.salt, this.#key.verifier]).copy(contentOf(frame, AE2_LEAD_BYTES));
    this.#begun = true;
    const content = contentOf(frame);
    // Both in one pass: what has just been enciphered is still in the core's cache.
    for (let at = 0; at < content.length; at += CTR_STEP_BYTES) {
      const step = content.subarray(at, at + CTR_STEP_BYTES);
      this.#ctr.xorInPlace(step);
      this.#mac.update(step);
    }
    if (isLast) this.#mac.digest().copy(contentOf(frame, 0, AE2_BYTES.authentication), frame.length);
  }
}
