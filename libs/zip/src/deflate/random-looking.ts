// Deflate takes ten times as long to find out that it saves nothing.
const WINDOW_BYTES = 16 * 1024;
const FEWEST_BYTES = 4096;
// A pair of equal bytes is a quarter more frequent than by chance: Huffman codes save 4 % at best from there on.
const MOST_PAIRS = 1.25 / 256;
const MOST_REPEATS = 0.01;

const HASH_FACTOR = 0x9e3779b1;
const SLOT_BITS = 12;
// Coprime, so that a repetition at any distance is met.
const LOOK_EVERY = 7;
const REMEMBER_EVERY = 8;
const STRING_BYTES = 4;

const counts = new Uint32Array(256);
const remembered = new Int32Array(2 ** SLOT_BITS);

/**
 * True for bytes that random ones cannot be told from: all values about as frequent as another in each 16 KiB, and next to no
 * four bytes that stood within the last 32 KiB before, by every seventh byte. Deflate does not make them a tenth smaller.
 * Fewer than 4096 bytes are too few to tell: false. Takes 1 ns a byte.
 */
export function looksRandom(bytes: Uint8Array): boolean {
  if (bytes.length < FEWEST_BYTES) return false;
  const windows = Math.ceil(bytes.length / WINDOW_BYTES);
  const sizeBytes = Math.ceil(bytes.length / windows);
  for (let at = 0; at < bytes.length; at += sizeBytes) {
    if (pairsOfEqual(bytes.subarray(at, at + sizeBytes)) > MOST_PAIRS) return false;
  }
  return repeatsIn(bytes) < MOST_REPEATS;
}

/** How probable it is that two of the bytes are the same: 1/256 for random ones. */
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

/** How many strings of four bytes stood before, of all of them; one in eight is remembered, one in seven looked up. */
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
