import { createHmac, randomBytes, timingSafeEqual } from 'node:crypto';
import { fixedBlocks } from '../streams/fixed-blocks.js';
import { mapInOrder } from '../streams/map-in-order.js';
import { ZipError } from '../format/zip-error.js';
import { AE2_BYTES, AE2_LEAD_BYTES, ae2KeyOf, type Ae2Key } from './ae2-encryption.js';
import { CTR_STEP_BYTES, LittleEndianCtr } from './aes-ctr.js';
import type { CipherRequest } from './cipher-thread.js';
import { idlestThread, type CipherThread } from './cipher-threads.js';
import type { Frame } from './frame.js';
import { streamPieces } from './stream-pieces.js';

export { AE2_BYTES, type Ae2Key } from './ae2-encryption.js';

/** Bytes that encryption adds to a payload. */
export const AE2_OVERHEAD_BYTES = AE2_LEAD_BYTES + AE2_BYTES.authentication;

// One is being filled and one encrypted; the others keep both sides busy.
const PIECES_AT_ONCE = 8;

// Gives each result its own memory; a small Buffer would take its whole pool along to the thread.
const textEncoder = new TextEncoder();
let lastSession = 0;

/**
 * Derives one entry's keys off the main thread (PBKDF2-HMAC-SHA1, 1000 rounds, as WinZip AES demands). The salt is
 * fresh unless given for reading.
 */
export async function deriveAe2Key(password: string, salt: Buffer = randomBytes(AE2_BYTES.salt)): Promise<Ae2Key> {
  const request = { kind: 'derive', password: textEncoder.encode(password), salt: Uint8Array.from(salt) } as const;
  return ae2KeyOf(salt, Buffer.from(await idlestThread().ask(request)));
}

/** The encrypted payload of a content in memory, in the same memory: the frame passed in is unusable afterwards. */
export async function encryptAe2Frame(password: string, frame: Frame): Promise<Frame> {
  const request = { kind: 'encrypt-frame', password: textEncoder.encode(password), frame } as const;
  const memory = await idlestThread().ask(request, [frame.memory]);
  return { memory, start: frame.start - AE2_LEAD_BYTES, length: frame.length + AE2_OVERHEAD_BYTES };
}

/**
 * The encrypted payload of an entry, under a fresh salt: `AE2_OVERHEAD_BYTES` more than the plain one. With `mayTake`,
 * chunks may be encrypted in their own memory, which the caller must not use any more.
 */
export async function* encryptAe2(
  password: string,
  plain: AsyncIterable<Uint8Array>,
  mayTake = false,
): AsyncGenerator<Buffer> {
  lastSession += 1;
  const [session, thread] = [lastSession, idlestThread()];
  const limits = { concurrency: PIECES_AT_ONCE, budget: Infinity, costOf: () => 0 };
  async function* requests(): AsyncGenerator<CipherRequest> {
    yield { kind: 'begin', session, password: textEncoder.encode(password) };
    for await (const piece of streamPieces(plain, mayTake)) yield { kind: 'encrypt-piece', session, piece };
    yield { kind: 'end', session };
  }
  try {
    yield* mapInOrder(requests(), (request) => answerOf(thread, request), limits);
  } finally {
    thread.tell({ kind: 'abandon', session });
  }
}

async function answerOf(thread: CipherThread, request: CipherRequest): Promise<Buffer> {
  if (request.kind !== 'encrypt-piece') return Buffer.from(await thread.ask(request));
  const { byteOffset, byteLength, buffer } = request.piece;
  return Buffer.from(await thread.ask(request, [buffer]), byteOffset, byteLength);
}

/** Decrypts the ciphertext between verifier and authentication code without authenticating it. */
export async function* decryptAe2(key: Ae2Key, ciphertext: AsyncIterable<Uint8Array>): AsyncGenerator<Buffer> {
  const ctr = new LittleEndianCtr(key.encryptionKey);
  for await (const block of fixedBlocks(ciphertext, CTR_STEP_BYTES)) yield ctr.xor(block);
}

/** Decrypts a payload in memory; throws `BAD_AUTHENTICATION` unless its authentication code matches. */
export function decryptAe2Payload(key: Ae2Key, payload: Uint8Array, entryName: string): Buffer {
  const ciphertext = payload.subarray(AE2_LEAD_BYTES, -AE2_BYTES.authentication);
  const code = createHmac('sha1', key.authenticationKey).update(ciphertext).digest();
  refuseOtherCode(code, payload.subarray(-AE2_BYTES.authentication), entryName);
  const content = Buffer.from(ciphertext);
  const ctr = new LittleEndianCtr(key.encryptionKey);
  for (let at = 0; at < content.length; at += CTR_STEP_BYTES) ctr.xorInPlace(content.subarray(at, at + CTR_STEP_BYTES));
  return content;
}

/** The authentication code at an entry's end, and the entry's name for the error. */
interface ExpectedAuthentication {
  readonly entryName: string;
  readonly code: () => Promise<Uint8Array>;
}

/** Passes ciphertext through; at its end throws `BAD_AUTHENTICATION` unless its code is the expected one. */
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
  refuseOtherCode(mac.digest(), await code(), entryName);
}

function refuseOtherCode(found: Buffer, expected: Uint8Array, entryName: string): void {
  if (timingSafeEqual(found.subarray(0, AE2_BYTES.authentication), expected)) return;
  const message = `the authentication code of ${entryName} does not match its encrypted content`;
  throw new ZipError('BAD_AUTHENTICATION', message, { entryName });
}
