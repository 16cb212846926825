import { type ByteRange, sizeOf } from '@account-backups/contracts';
import type { ObjectStore } from '@account-backups/object-store';
import type { ReadRange } from '@account-backups/zip';
import { archiveBlocks, type StoredArchive } from './archive-blocks.js';
import { ForwardReader } from './forward-reader.js';

/** An entry that is read in steps. */
interface LargeEntry extends ByteRange {
  /** Whether each chunk is used up before the next is read, so that their memory may be filled again. */
  readonly isUsedUp: boolean;
}

/**
 * The bytes of a stored archive for a reader that walks from front to back, and their SHA-256: both out of one stream.
 * What is read at another place, such as the directory, is fetched in blocks.
 */
export class ArchiveBytes {
  private readonly blocks: ReadRange;
  private readonly forward: ForwardReader;
  private entry: LargeEntry | undefined;

  constructor(
    store: Pick<ObjectStore, 'get'>,
    private readonly archive: StoredArchive,
    signal: AbortSignal,
  ) {
    this.blocks = archiveBlocks(store, archive, signal);
    this.forward = new ForwardReader(wholeArchive(store, archive, signal));
  }

  get sizeBytes(): number {
    return this.archive.sizeBytes;
  }

  readonly read: ReadRange = (offset, length) => {
    if (!this.entry || offset !== this.forward.position || offset + length > this.entry.end)
      return this.blocks(offset, length);
    return this.entry.isUsedUp ? this.forward.some(length) : this.forward.take(length);
  };

  /** All of a range, from the stream if it comes next there. May be called again before the bytes have come. */
  held(range: ByteRange): Promise<Uint8Array> {
    const { start } = range;
    const length = sizeOf(range);
    return start === this.forward.position ? this.forward.take(length) : this.blocks(start, length);
  }

  /** Reads of this entry are served from the stream while `work` runs, if it comes next there. One at a time. */
  async during<T>(entry: LargeEntry, work: () => Promise<T>): Promise<T> {
    this.entry = entry;
    try {
      return await work();
    } finally {
      this.entry = undefined;
    }
  }

  /** The SHA-256 of the whole archive, read to its end. Once. Throws `ARCHIVE_UNREADABLE` when its length is wrong. */
  sha256(): Promise<string> {
    return this.forward.sha256(this.sizeBytes);
  }

  close(): Promise<void> {
    return this.forward.close();
  }
}

// Opened at the first read: a stream that nobody reads is cut off after a while.
async function* wholeArchive(
  store: Pick<ObjectStore, 'get'>,
  { key }: StoredArchive,
  signal: AbortSignal,
): AsyncGenerator<Buffer> {
  yield* (await store.get(key, { signal })) as AsyncIterable<Buffer>;
}
