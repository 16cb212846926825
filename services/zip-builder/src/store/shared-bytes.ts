/** Bytes in memory that threads share. */
export type SharedBytes = Uint8Array<SharedArrayBuffer>;

/**
 * Copies as many bytes as there is room for from `start` on; returns how many. V8's `set` copies shared memory byte by
 * byte, which takes ten times as long as Node's `fill`.
 */
export function copyShared(source: Uint8Array, target: Uint8Array, start: number): number {
  const length = Math.min(source.length, target.length - start);
  if (length > 0) bufferOn(target).fill(source.subarray(0, length), start, start + length);
  return length;
}

function bufferOn(bytes: Uint8Array): Buffer {
  return Buffer.from(bytes.buffer, bytes.byteOffset, bytes.length);
}
