/** Bytes in memory that threads share. */
export type SharedBytes = Uint8Array<SharedArrayBuffer>;

/**
 * Copies as many bytes as there is room for from `start` on, and says how many. V8's own `set` goes byte by byte from and to
 * shared memory, which takes ten times as long; Node's `fill` copies a buffer in one go.
 */
export function copyShared(source: Uint8Array, target: Uint8Array, start: number): number {
  const length = Math.min(source.length, target.length - start);
  if (length > 0) bufferOn(target).fill(source.subarray(0, length), start, start + length);
  return length;
}

function bufferOn(bytes: Uint8Array): Buffer {
  return Buffer.from(bytes.buffer, bytes.byteOffset, bytes.length);
}
