import { createHmac, pbkdf2, randomBytes, timingSafeEqual } from 'node:crypto';
import { promisify } from 'node:util';
import { CTR_STEP_BYTES, LittleEndianCtr } from './aes-ctr.js';
import { fixedBlocks } from './fixed-blocks.js';
import { ZipError } from './zip-error.js';

/** Bytes of each part of an AE-2 payload: salt, verifier, ciphertext, authentication code. */
export const AE2_BYTES = { salt: 16, verifier: 2, authentication: 10 } as const;
/** What encryption adds to a payload. */
export const AE2_OVERHEAD_BYTES = AE2_BYTES.salt + AE2_BYTES.verifier + AE2_BYTES.authentication;

const KEY_BYTES = 32;
const PBKDF2_ROUNDS = 1000;
const derive = promisify(pbkdf2);

/** The keys of one entry, made from the password and a salt of its own. */
export interface Ae2Key {
  readonly salt: Buffer;
  readonly verifier: Buffer;
  readonly encryptionKey: Buffer;
  readonly authenticationKey: Buffer;
}

/**
 * Derives one entry's keys off the main thread (PBKDF2-HMAC-SHA1, 1000 rounds, as WinZip AES demands). The salt is
 * fresh unless given for reading.
 */
export async function deriveAe2Key(password: string, salt: Buffer = randomBytes(AE2_BYTES.salt)): Promise<Ae2Key> {
  const bytes = await derive(password, salt, PBKDF2_ROUNDS, 2 * KEY_BYTES + AE2_BYTES.verifier, 'sha1');
  return {
    salt,
    encryptionKey: bytes.subarray(0, KEY_BYTES),
    authenticationKey: bytes.subarray(KEY_BYTES, 2 * KEY_BYTES),
    verifier: bytes.subarray(2 * KEY_BYTES),
  };
}

/** The encrypted payload of an entry: `AE2_OVERHEAD_BYTES` more than the plain one. Use a key for one call only. */
export async function* encryptAe2(key: Ae2Key, plain: AsyncIterable<Uint8Array>): AsyncGenerator<Buffer> {
  yield Buffer.concat([key.salt, key.verifier]);
  const ctr = new LittleEndianCtr(key.encryptionKey);
  const mac = createHmac('sha1', key.authenticationKey);
  for await (const block of fixedBlocks(plain, CTR_STEP_BYTES)) {
    const ciphertext = ctr.xor(block);
    mac.update(ciphertext);
    yield ciphertext;
  }
  yield mac.digest().subarray(0, AE2_BYTES.authentication);
}

/** Deciphers what lies between verifier and authentication code, without judging it. */
export async function* decipherAe2(key: Ae2Key, ciphertext: AsyncIterable<Uint8Array>): AsyncGenerator<Buffer> {
  const ctr = new LittleEndianCtr(key.encryptionKey);
  for await (const block of fixedBlocks(ciphertext, CTR_STEP_BYTES)) yield ctr.xor(block);
}

/** The authentication code that an entry ends with. */
export interface ExpectedAuthentication {
  readonly entryName: string;
  readonly code: () => Promise<Uint8Array>;
}

/** Passes ciphertext on; at its end throws `BAD_AUTHENTICATION` unless its code is the expected one. */
export async function* authenticateAe2(
  key: Ae2Key,
  ciphertext: AsyncIterable<Uint8Array>,
  { entryName, code }: ExpectedAuthentication,
): AsyncGenerator<Uint8Array> {
  const mac = createHmac('sha1', key.authenticationKey);
  for await (const chunk of ciphertext) {
    mac.update(chunk);
    yield chunk;
  }
  if (timingSafeEqual(mac.digest().subarray(0, AE2_BYTES.authentication), await code())) return;
  const message = `the authentication code of ${entryName} does not match its encrypted content`;
  throw new ZipError('BAD_AUTHENTICATION', message, { entryName });
}
