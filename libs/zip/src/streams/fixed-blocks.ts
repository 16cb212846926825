/**
 * The same bytes in blocks of `blockBytes`: the last one may be shorter, none is empty. Whole blocks within a chunk are
 * passed on without copying.
 */
export async function* fixedBlocks(chunks: AsyncIterable<Uint8Array>, blockBytes: number): AsyncGenerator<Buffer> {
  let partial: Buffer | undefined;
  let filled = 0;
  for await (const chunk of chunks) {
    const bytes = asBuffer(chunk);
    let at = 0;
    while (at < bytes.length) {
      if (filled === 0 && bytes.length - at >= blockBytes) {
        yield bytes.subarray(at, at + blockBytes);
        at += blockBytes;
        continue;
      }
      partial ??= Buffer.allocUnsafeSlow(blockBytes);
      const copied = bytes.copy(partial, filled, at);
      at += copied;
      filled += copied;
      if (filled < blockBytes) continue;
      yield partial;
      partial = undefined;
      filled = 0;
    }
  }
  if (partial && filled > 0) yield partial.subarray(0, filled);
}

/** A Buffer over the same memory. */
export function asBuffer(bytes: Uint8Array): Buffer {
  return Buffer.isBuffer(bytes) ? bytes : Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength);
}
