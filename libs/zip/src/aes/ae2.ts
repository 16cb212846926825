import { createHmac, randomBytes, timingSafeEqual } from 'node:crypto';
import { fixedBlocks } from '../fixed-blocks.js';
import { mapInOrder } from '../map-in-order.js';
import { ZipError } from '../zip-error.js';
import { AE2_BYTES, AE2_LEAD_BYTES, ae2KeyOf, type Ae2Key } from './ae2-sealing.js';
import { CTR_STEP_BYTES, LittleEndianCtr } from './aes-ctr.js';
import { idlestThread } from './cipher-threads.js';
import { contentOf, framesOf, type Frame } from './frame.js';

export { AE2_BYTES, type Ae2Key } from './ae2-sealing.js';

/** What encryption adds to a payload. */
export const AE2_OVERHEAD_BYTES = AE2_LEAD_BYTES + AE2_BYTES.authentication;

const FRAME_BYTES = 1024 * 1024;
// One is filled and one enciphered; the others keep both busy.
const FRAMES_AT_ONCE = 4;

// Its results have memory of their own; a Buffer's would take its whole pool along to the thread.
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

/** The encrypted payload of a content in memory, in the same memory; the frame given is of no use afterwards. */
export async function encryptAe2Frame(password: string, frame: Frame): Promise<Frame> {
  lastSession += 1;
  const bytes = textEncoder.encode(password);
  const request = { kind: 'seal', session: lastSession, password: bytes, frame, isLast: true } as const;
  const memory = await idlestThread().ask(request, [frame.memory]);
  return { memory, start: frame.start - AE2_LEAD_BYTES, length: frame.length + AE2_OVERHEAD_BYTES };
}

/** The encrypted payload of an entry: `AE2_OVERHEAD_BYTES` more than the plain one, under a fresh salt. */
export async function* encryptAe2(password: string, plain: AsyncIterable<Uint8Array>): AsyncGenerator<Buffer> {
  lastSession += 1;
  const [session, thread, bytes] = [lastSession, idlestThread(), textEncoder.encode(password)];
  const limits = { concurrency: FRAMES_AT_ONCE, budget: Infinity, costOf: () => 0 };
  const seal = async ({ frame, isFirst, isLast }: PlacedFrame): Promise<Buffer> => {
    const memory = await thread.ask({ kind: 'seal', session, password: bytes, frame, isLast }, [frame.memory]);
    return contentOf({ ...frame, memory }, isFirst ? AE2_LEAD_BYTES : 0, isLast ? AE2_BYTES.authentication : 0);
  };
  try {
    yield* mapInOrder(placed(framesOf(plain, FRAME_BYTES)), seal, limits);
  } finally {
    thread.tell({ kind: 'abandon', session });
  }
}

interface PlacedFrame {
  readonly frame: Frame;
  readonly isFirst: boolean;
  readonly isLast: boolean;
}

async function* placed(frames: AsyncIterable<Frame>): AsyncGenerator<PlacedFrame> {
  let held: Frame | undefined;
  let isFirst = true;
  for await (const frame of frames) {
    if (held) {
      yield { frame: held, isFirst, isLast: false };
      isFirst = false;
    }
    held = frame;
  }
  if (held) yield { frame: held, isFirst, isLast: true };
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
