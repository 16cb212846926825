/** Bytes in memory that threads share. */
export type SharedBytes = Uint8Array<SharedArrayBuffer>;

const WORD_BYTES = 8;
const STEP_BYTES = 65_536;
const between = new Uint8Array(STEP_BYTES + WORD_BYTES);

/**
 * Copies as many bytes as there is room for from `start` on, and says how many. V8 copies to and from shared memory byte by byte
 * unless both sides lie alike between words, which takes ten times as long: so by way of memory that lies as the shared side does.
 */
export function copyShared(source: Uint8Array, target: Uint8Array, start: number): number {
  const length = Math.min(source.length, target.length - start);
  const place = isShared(target) ? target.byteOffset + start : source.byteOffset;
  for (let at = 0; at < length; at += STEP_BYTES) {
    const step = source.subarray(at, Math.min(at + STEP_BYTES, length));
    const shift = (place + at) % WORD_BYTES;
    between.set(step, shift);
    target.set(between.subarray(shift, shift + step.length), start + at);
  }
  return length;
}

export function isShared(bytes: Uint8Array): bytes is SharedBytes {
  return bytes.buffer instanceof SharedArrayBuffer;
}
