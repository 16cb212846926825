import { MIB } from '@account-backups/contracts';
import type { ObjectStore } from '@account-backups/object-store';
import type { ReadRange } from '@account-backups/zip';
import { storedBytes } from '../store/stored-bytes.js';

export interface StoredArchive {
  readonly key: string;
  readonly sizeBytes: number;
}

const BLOCK_BYTES = MIB;
const KEPT_BLOCKS = 6;

/**
 * Ranges of a stored archive, fetched in blocks of 1 MiB, of which the six last used are kept: reading in small steps
 * at a few places costs few requests. The next block is always fetched ahead, and with the first read the last six,
 * where the directory and the manifests lie.
 */
export function archiveBlocks(
  store: Pick<ObjectStore, 'get'>,
  { key, sizeBytes }: StoredArchive,
  signal: AbortSignal,
): ReadRange {
  const kept = new Map<number, Promise<Buffer>>();
  const fetchBlock = (start: number): Promise<Buffer> => {
    const range = { start, end: Math.min(start + BLOCK_BYTES, sizeBytes) };
    const block = storedBytes(store, key, { range, signal });
    // Thrown where it is awaited; the next read fetches the block again.
    block.catch(() => kept.delete(start));
    return block;
  };
  const blockAt = (start: number): Promise<Buffer> => {
    const block = kept.get(start) ?? fetchBlock(start);
    kept.delete(start);
    kept.set(start, block);
    for (const oldest of kept.keys()) if (kept.size > KEPT_BLOCKS) kept.delete(oldest);
    return block;
  };
  const fetchEnd = (): void => {
    const first = (Math.ceil(sizeBytes / BLOCK_BYTES) - KEPT_BLOCKS) * BLOCK_BYTES;
    for (let at = Math.max(0, first); at < sizeBytes; at += BLOCK_BYTES) void blockAt(at);
  };
  let isBegun = false;
  return async (offset, length) => {
    if (!isBegun) fetchEnd();
    isBegun = true;
    const end = Math.min(offset + length, sizeBytes);
    const parts: Buffer[] = [];
    for (let at = offset; at < end;) {
      const start = at - (at % BLOCK_BYTES);
      if (start + BLOCK_BYTES < sizeBytes) void blockAt(start + BLOCK_BYTES);
      const part = (await blockAt(start)).subarray(at - start, end - start);
      parts.push(part);
      at += part.length;
    }
    const [first] = parts;
    return parts.length === 1 && first ? first : Buffer.concat(parts);
  };
}
