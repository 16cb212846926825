import type { ObjectStore } from '@account-backups/object-store';
import type { ReadRange } from '@account-backups/zip';
import { archiveBlocks, type StoredArchive } from './archive-blocks.js';
import { ForwardReader } from './forward-reader.js';

export interface ByteSpan {
  readonly start: number;
  readonly length: number;
}

interface Window extends ByteSpan {
  /** All of it; null where it is taken from the stream as it is read. */
  readonly held: Buffer | null;
}

/** Entries up to this size are taken whole. */
export const MOST_HELD_ENTRY_BYTES = 1_048_576;

/**
 * The bytes of a stored archive for a reader that walks from front to back, and their SHA-256: both out of one stream.
 * What is read at another place, such as the directory, is fetched in blocks.
 */
export class ArchiveBytes {
  private readonly windows = new Map<number, Window>();
  private readonly blocks: ReadRange;
  private readonly forward: ForwardReader;

  constructor(store: ObjectStore, archive: StoredArchive, signal: AbortSignal) {
    this.blocks = archiveBlocks(store, archive, signal);
    this.forward = new ForwardReader(wholeArchive(store, archive, signal));
  }

  readonly read: ReadRange = (offset, length) => {
    for (const { start, length: all, held } of this.windows.values()) {
      if (offset < start || offset + length > start + all) continue;
      if (held) return Promise.resolve(held.subarray(offset - start, offset - start + length));
      if (offset === this.forward.position) return this.forward.take(length);
    }
    return this.blocks(offset, length);
  };

  /**
   * Reads of this span are served from the stream while `work` runs, when it is the span that comes next there. Several
   * spans of up to `MOST_HELD_ENTRY_BYTES` may be worked on at one time, a larger one alone.
   */
  async during<T>({ start, length }: ByteSpan, work: () => Promise<T>): Promise<T> {
    if (start !== this.forward.position) return work();
    const held = length > MOST_HELD_ENTRY_BYTES ? null : await this.forward.take(length);
    this.windows.set(start, { start, length, held });
    try {
      return await work();
    } finally {
      this.windows.delete(start);
    }
  }

  /** Of the whole archive, read to its end. Once. */
  sha256(): Promise<string> {
    return this.forward.sha256();
  }

  close(): Promise<void> {
    return this.forward.close();
  }
}

// Opened when the first of it is asked for: a stream that nobody reads is cut off after a while.
async function* wholeArchive(store: ObjectStore, { key }: StoredArchive, signal: AbortSignal): AsyncGenerator<Buffer> {
  yield* (await store.get(key, { signal })) as AsyncIterable<Buffer>;
}
