// Deflate itself takes ten times as long to find out that it saves nothing.
import { KIB } from '../format/sizes.js';

const WINDOW_BYTES = 16 * KIB;
const MIN_BYTES = 4 * KIB;
// Pairs of equal bytes a quarter more frequent than by chance: below this, Huffman codes save 4 % at best.
const MAX_PAIRS = 1.25 / 256;
const MAX_REPEATS = 0.01;

const HASH_FACTOR = 0x9e3779b1;
const SLOT_BITS = 12;
// Coprime, so that a repetition at any distance is found.
const LOOK_EVERY = 7;
const REMEMBER_EVERY = 8;
const STRING_BYTES = 4;

const counts = new Uint32Array(256);
const remembered = new Int32Array(2 ** SLOT_BITS);

/**
 * True for bytes that look random: within each 16 KiB all values are about equally frequent, and almost no four bytes
 * occurred within the 32 KiB before. Looks at every seventh byte. Deflate does not make such bytes a tenth smaller.
 * Fewer than 4 KiB are too few to tell: false. Takes 1 ns a byte.
 */
export function looksRandom(bytes: Uint8Array): boolean {
  if (bytes.length < MIN_BYTES) return false;
  const windows = Math.ceil(bytes.length / WINDOW_BYTES);
  const sizeBytes = Math.ceil(bytes.length / windows);
  for (let at = 0; at < bytes.length; at += sizeBytes) {
    if (pairsOfEqual(bytes.subarray(at, at + sizeBytes)) > MAX_PAIRS) return false;
  }
  return repeatsIn(bytes) < MAX_REPEATS;
}

/** The probability that two of the bytes are equal: 1/256 when they are random. */
function pairsOfEqual(bytes: Uint8Array): number {
  counts.fill(0);
  for (let at = 0; at < bytes.length; at += LOOK_EVERY) {
    const byte = bytes[at] ?? 0;
    counts[byte] = (counts[byte] ?? 0) + 1;
  }
  const looked = Math.ceil(bytes.length / LOOK_EVERY);
  const pairs = counts.reduce((sum, count) => sum + count * (count - 1), 0);
  return pairs / (looked * (looked - 1));
}

/** The share of four-byte strings that occurred before. One in eight is remembered, one in seven looked up. */
function repeatsIn(bytes: Uint8Array): number {
  remembered.fill(0);
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.length);
  let found = 0;
  for (let at = 0; at + STRING_BYTES <= bytes.length; at += LOOK_EVERY) {
    const string = view.getInt32(at);
    if (remembered[slotOf(string)] === string) found += 1;
    const past = at % REMEMBER_EVERY;
    if (past < LOOK_EVERY) remember(view.getInt32(at - past));
  }
  return (found * LOOK_EVERY * REMEMBER_EVERY) / bytes.length;
}

function remember(string: number): void {
  remembered[slotOf(string)] = string;
}

function slotOf(string: number): number {
  return Math.imul(string, HASH_FACTOR) >>> (32 - SLOT_BITS);
}
