import { createHmac, pbkdf2Sync, randomFillSync, type Hmac } from 'node:crypto';
import { DERIVED_BYTES, Pbkdf2, SALT_BYTES } from '../pbkdf2/pbkdf2.js';
import { CTR_STEP_BYTES, LittleEndianCtr } from './aes-ctr.js';
import { contentOf, type Frame } from './frame.js';

/** Bytes of each part of an AE-2 payload: salt, verifier, ciphertext, authentication code. */
export const AE2_BYTES = { salt: SALT_BYTES, verifier: 2, authentication: 10 } as const;
/** Bytes before the ciphertext: salt and verifier. */
export const AE2_LEAD_BYTES = AE2_BYTES.salt + AE2_BYTES.verifier;

const KEY_BYTES = 32;
const PBKDF2_ROUNDS = 1000;

/** The keys of one entry, derived from the password and the entry's own salt. */
export interface Ae2Key {
  readonly salt: Buffer;
  readonly verifier: Buffer;
  readonly encryptionKey: Buffer;
  readonly authenticationKey: Buffer;
}

/** Compiling the lanes takes as long as this many derivations by OpenSSL, at a millisecond each. */
const LANES_PAY_AFTER = 8;
let derivations = 0;
let lanes: Pbkdf2 | undefined;

/**
 * Key material for `ae2KeyOf`: PBKDF2-HMAC-SHA1 with 1000 rounds, as WinZip AES demands. Blocks the calling thread,
 * after the first few calls for about a quarter of a millisecond.
 */
export function deriveBytes(password: Uint8Array, salt: Uint8Array): Buffer {
  derivations += 1;
  if (derivations <= LANES_PAY_AFTER) return pbkdf2Sync(password, salt, PBKDF2_ROUNDS, DERIVED_BYTES, 'sha1');
  lanes ??= new Pbkdf2();
  return lanes.derive(password, salt, PBKDF2_ROUNDS);
}

/** Cuts the result of `deriveBytes` into keys. */
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

// Random bytes for many salts at once take no longer than sixteen.
function freshSalt(): Buffer {
  if (reserve.length === 0) reserve = randomFillSync(Buffer.alloc(RESERVE_BYTES));
  const salt = reserve.subarray(0, AE2_BYTES.salt);
  reserve = reserve.subarray(AE2_BYTES.salt);
  return salt;
}

/** Encrypts one entry under a fresh salt, piece by piece in place. */
export class Ae2Encryption {
  readonly #ctr: LittleEndianCtr;
  readonly #mac: Hmac;
  /** Salt and verifier, which stand before the ciphertext. */
  readonly lead: Buffer;

  constructor(password: Uint8Array) {
    const salt = freshSalt();
    const { verifier, encryptionKey, authenticationKey } = ae2KeyOf(salt, deriveBytes(password, salt));
    this.lead = Buffer.concat([salt, verifier]);
    this.#ctr = new LittleEndianCtr(encryptionKey);
    this.#mac = createHmac('sha1', authenticationKey);
  }

  /** Encrypts the next piece; it is a whole number of AES blocks unless it is the last. */
  encrypt(content: Uint8Array): void {
    // Both in one pass: the ciphertext is still in the core's cache when it is authenticated.
    for (let at = 0; at < content.length; at += CTR_STEP_BYTES) {
      const step = content.subarray(at, at + CTR_STEP_BYTES);
      this.#ctr.xorInPlace(step);
      this.#mac.update(step);
    }
  }

  /** The authentication code, which stands after the ciphertext. Call it once, after the last piece. */
  code(): Buffer {
    return this.#mac.digest().subarray(0, AE2_BYTES.authentication);
  }
}

/** Encrypts a whole content in place, and writes salt, verifier and authentication code around it. */
export function encryptFrame(frame: Frame, password: Uint8Array): void {
  const encryption = new Ae2Encryption(password);
  encryption.lead.copy(contentOf(frame, AE2_LEAD_BYTES));
  encryption.encrypt(contentOf(frame));
  encryption.code().copy(contentOf(frame, 0, AE2_BYTES.authentication), frame.length);
}
