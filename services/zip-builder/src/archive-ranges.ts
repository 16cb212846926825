import { createHash } from 'node:crypto';
import type { ObjectStore } from '@account-backups/object-store';
import type { ReadRange } from '@account-backups/zip';
import { storedBytes } from './stored-bytes.js';

export interface StoredArchive {
  readonly key: string;
  readonly sizeBytes: number;
}

/** How an archive is fetched: in blocks, some ahead of the one that is asked for; the last used are kept. */
export interface Fetching {
  readonly blockBytes: number;
  readonly ahead: number;
  readonly kept: number;
}

interface Block {
  readonly fetched: Promise<Buffer>;
  bytes?: Buffer;
}

/**
 * Ranges of a stored archive and, of the same bytes, its SHA-256: whoever walks through it from front to back fetches
 * each byte once. Memory: the blocks that are kept.
 */
export class ArchiveRanges {
  private readonly blocks = new Map<number, Block>();
  private readonly hash = createHash('sha256');
  private hashedBlocks = 0;

  constructor(
    private readonly store: ObjectStore,
    private readonly archive: StoredArchive,
    private readonly options: Fetching & { readonly signal: AbortSignal },
  ) {}

  readonly read: ReadRange = async (offset, length) => {
    const { blockBytes } = this.options;
    const end = Math.min(offset + length, this.archive.sizeBytes);
    const parts: Buffer[] = [];
    for (let at = offset; at < end;) {
      const start = at - (at % blockBytes);
      const part = (await this.blockAt(start / blockBytes)).subarray(at - start, end - start);
      parts.push(part);
      at += part.length;
    }
    const [first] = parts;
    return parts.length === 1 && first ? first : Buffer.concat(parts);
  };

  /** Of the whole archive; fetches what nobody asked for. Once. */
  async sha256(): Promise<string> {
    while (this.hashedBlocks < this.blockCount) await this.blockAt(this.hashedBlocks);
    return this.hash.digest('hex');
  }

  private get blockCount(): number {
    return Math.ceil(this.archive.sizeBytes / this.options.blockBytes);
  }

  private blockAt(index: number): Promise<Buffer> {
    const last = Math.min(index + this.options.ahead, this.blockCount - 1);
    for (let each = last; each >= index; each -= 1) this.touch(each);
    const block = this.touch(index);
    this.drop();
    // It may have come when its turn to be hashed was not yet.
    return block.fetched.then((bytes) => {
      this.hashWhatFollows();
      return bytes;
    });
  }

  private touch(index: number): Block {
    const block = this.blocks.get(index) ?? this.fetch(index);
    this.blocks.delete(index);
    this.blocks.set(index, block);
    return block;
  }

  private fetch(index: number): Block {
    const { blockBytes, signal } = this.options;
    const start = index * blockBytes;
    const range = { start, end: Math.min(start + blockBytes, this.archive.sizeBytes) - 1 };
    const block: Block = { fetched: storedBytes(this.store, this.archive.key, { range, signal }) };
    block.fetched.then(
      (bytes) => {
        block.bytes = bytes;
        this.hashWhatFollows();
      },
      // Whoever asks for it hears of it; who asks again has it fetched again.
      () => this.blocks.delete(index),
    );
    return block;
  }

  private drop(): void {
    for (const oldest of this.blocks.keys()) if (this.blocks.size > this.options.kept) this.blocks.delete(oldest);
  }

  private hashWhatFollows(): void {
    for (let bytes = this.blocks.get(this.hashedBlocks)?.bytes; bytes;) {
      this.hash.update(bytes);
      this.hashedBlocks += 1;
      bytes = this.blocks.get(this.hashedBlocks)?.bytes;
    }
  }
}
