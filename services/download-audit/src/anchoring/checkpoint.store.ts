import { AppError } from '@account-backups/contracts';
import { checkpointKey, checkpointSizeOf, checkpointsPrefix, type ObjectStore } from '@account-backups/object-store';
import { OBJECT_STORE } from '@account-backups/service-kit';
import { Inject, Injectable } from '@nestjs/common';
import { MAX_CHECKPOINT_BYTES } from '../notes/checkpoint.js';
import { superfluous } from '../notes/kept-checkpoints.js';

/** So many are compared with a chain, many times what is kept. */
const MOST_READ = 1_000;

/** Checkpoints in the object store, where the database's owner cannot reach. One that is there is never replaced. */
@Injectable()
export class CheckpointStore {
  constructor(@Inject(OBJECT_STORE) private readonly store: ObjectStore) {}

  /** The sizes of a chain of which there are checkpoints, in order. */
  async sizes(chainId: string): Promise<readonly number[]> {
    const sizes: number[] = [];
    for await (const key of this.store.list(checkpointsPrefix(chainId))) {
      const size = checkpointSizeOf(key);
      if (size === null) continue;
      sizes.push(size);
      if (sizes.length === MOST_READ) break;
    }
    return sizes;
  }

  /** The note of a size; null where there is none. */
  async read(chainId: string, size: number): Promise<string | null> {
    try {
      return (await this.store.getStart(checkpointKey(chainId, size), MAX_CHECKPOINT_BYTES)).toString('utf8');
    } catch (error) {
      if (AppError.is(error, 'OBJECT_NOT_FOUND')) return null;
      throw error;
    }
  }

  /** Keeps a note, and of those before it as many as are kept. False where there is one of this size. */
  async add(chainId: string, note: { readonly size: number; readonly text: string }, sizes: readonly number[]) {
    const { size, text } = note;
    const isNew = await this.store.putNew(checkpointKey(chainId, size), Buffer.from(text), 'text/plain; charset=utf-8');
    if (!isNew) return false;
    for (const gone of superfluous([...sizes, size])) await this.store.delete(checkpointKey(chainId, gone));
    return true;
  }
}
