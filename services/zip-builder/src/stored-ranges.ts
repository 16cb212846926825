import type { ObjectStore } from '@account-backups/object-store';
import type { ReadRange } from '@account-backups/zip';

const BLOCK_BYTES = 4 * 1_048_576;
const KEPT_BLOCKS = 4;

/**
 * Ranges of a stored object of `sizeBytes`, fetched in blocks of 4 MiB of which the last used four are kept: whoever
 * walks through it in small steps, at a few places at a time, costs the store few requests. Memory: 16 MiB.
 */
export function storedRanges(
  store: ObjectStore,
  { key, sizeBytes }: { readonly key: string; readonly sizeBytes: number },
  signal: AbortSignal,
): ReadRange {
  const kept = new Map<number, Promise<Buffer>>();
  const blockAt = (start: number): Promise<Buffer> => {
    const block = kept.get(start) ?? fetchBlock(start);
    kept.delete(start);
    kept.set(start, block);
    for (const oldest of kept.keys()) if (kept.size > KEPT_BLOCKS) kept.delete(oldest);
    return block;
  };
  const fetchBlock = async (start: number): Promise<Buffer> => {
    const range = { start, end: Math.min(start + BLOCK_BYTES, sizeBytes) - 1 };
    const chunks: Buffer[] = [];
    for await (const chunk of (await store.get(key, { range, signal })) as AsyncIterable<Buffer>) chunks.push(chunk);
    return Buffer.concat(chunks);
  };
  return async (offset, length) => {
    const end = Math.min(offset + length, sizeBytes);
    const parts: Buffer[] = [];
    for (let at = offset; at < end;) {
      const start = at - (at % BLOCK_BYTES);
      const part = (await blockAt(start)).subarray(at - start, end - start);
      parts.push(part);
      at += part.length;
    }
    return parts.length === 1 && parts[0] ? parts[0] : Buffer.concat(parts);
  };
}
