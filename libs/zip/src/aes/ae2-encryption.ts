import { createHmac, pbkdf2Sync, randomFillSync, type Hmac } from 'node:crypto';
import { DERIVED_BYTES, Pbkdf2, SALT_BYTES } from '../pbkdf2/pbkdf2.js';
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

/** Making the lanes takes as long as so many derivations of OpenSSL's, which take a millisecond each. */
const LANES_PAY_AFTER = 8;
let derivations = 0;
let lanes: Pbkdf2 | undefined;

/**
 * What keys are cut from: PBKDF2-HMAC-SHA1 with 1000 rounds, as WinZip AES demands. Derives on the calling thread, which
 * takes about a quarter of a millisecond after the first few times.
 */
export function deriveBytes(password: Uint8Array, salt: Uint8Array): Buffer {
  derivations += 1;
  if (derivations <= LANES_PAY_AFTER) return pbkdf2Sync(password, salt, PBKDF2_ROUNDS, DERIVED_BYTES, 'sha1');
  lanes ??= new Pbkdf2();
  return lanes.derive(password, salt, PBKDF2_ROUNDS);
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

/** Enciphers one entry under a fresh salt, piece by piece in place. */
export class Ae2Sealing {
  readonly #ctr: LittleEndianCtr;
  readonly #mac: Hmac;
  /** Salt and verifier: what stands before the content. */
  readonly lead: Buffer;

  constructor(password: Uint8Array) {
    const salt = freshSalt();
    const { verifier, encryptionKey, authenticationKey } = ae2KeyOf(salt, deriveBytes(password, salt));
    this.lead = Buffer.concat([salt, verifier]);
    this.#ctr = new LittleEndianCtr(encryptionKey);
    this.#mac = createHmac('sha1', authenticationKey);
  }

  /** The next piece; a whole number of AES's blocks unless it is the last. */
  encipher(content: Uint8Array): void {
    // Both in one pass: what has just been enciphered is still in the core's cache.
    for (let at = 0; at < content.length; at += CTR_STEP_BYTES) {
      const step = content.subarray(at, at + CTR_STEP_BYTES);
      this.#ctr.xorInPlace(step);
      this.#mac.update(step);
    }
  }

  /** The authentication code, which stands after the content. Once. */
  code(): Buffer {
    return this.#mac.digest().subarray(0, AE2_BYTES.authentication);
  }
}

/** Enciphers a content that is all there, with what stands before and after it. */
export function sealFrame(frame: Frame, password: Uint8Array): void {
  const sealing = new Ae2Sealing(password);
  sealing.lead.copy(contentOf(frame, AE2_LEAD_BYTES));
  sealing.encipher(contentOf(frame));
  sealing.code().copy(contentOf(frame, 0, AE2_BYTES.authentication), frame.length);
}
