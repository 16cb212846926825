import { createHash } from 'node:crypto';
import { AppError } from '@account-backups/contracts';
import type { ObjectStore } from '@account-backups/object-store';
import { Inject, Injectable } from '@nestjs/common';
import { OBJECT_STORE } from './object-store.provider.js';

export interface ReadBack {
  readonly sizeBytes: number;
  readonly sha256: string;
}

/** Reads a finished archive as whoever downloads it will. */
@Injectable()
export class ReadBackService {
  constructor(@Inject(OBJECT_STORE) private readonly store: ObjectStore) {}

  /** Reads all of the object once. Throws `ARCHIVE_UNREADABLE` when it is not of the size that the store tells. */
  async read(key: string, signal: AbortSignal): Promise<ReadBack> {
    const stat = await this.store.stat(key);
    const hash = createHash('sha256');
    let sizeBytes = 0;
    for await (const chunk of (await this.store.get(key, { signal })) as AsyncIterable<Buffer>) {
      hash.update(chunk);
      sizeBytes += chunk.length;
    }
    if (stat?.sizeBytes !== sizeBytes) {
      throw new AppError(
        'ARCHIVE_UNREADABLE',
        `${sizeBytes} bytes were read back, expected ${stat?.sizeBytes ?? 'an object'}`,
      );
    }
    return { sizeBytes, sha256: hash.digest('hex') };
  }
}
