import { createHash } from 'node:crypto';
import { AppError } from '@account-backups/contracts';
import type { ObjectStore } from '@account-backups/object-store';
import { ZipError, ZipReader } from '@account-backups/zip';
import { Inject, Injectable } from '@nestjs/common';
import { checkContents, checkDirectory, type ExpectedArchive } from './archive-check.js';
import { CONFIG, type ZipBuilderConfig } from './config.js';
import { OBJECT_STORE } from './object-store.provider.js';
import { storedRanges } from './stored-ranges.js';

export interface ReadBack {
  readonly sizeBytes: number;
  readonly sha256: string;
}

const MIB = 1_048_576;

/** Reads a finished archive as whoever downloads and opens it will. */
@Injectable()
export class ReadBackService {
  constructor(
    @Inject(OBJECT_STORE) private readonly store: ObjectStore,
    @Inject(CONFIG) private readonly config: Pick<ZipBuilderConfig, 'READ_BACK_MIB'>,
  ) {}

  /**
   * Walks the directory, opens every entry of an archive up to `READ_BACK_MIB`, and reads all of the object once for
   * its SHA-256. Throws `ARCHIVE_UNREADABLE`, saying what differs, unless it is what was planned.
   */
  async read(key: string, expected: ExpectedArchive, signal: AbortSignal): Promise<ReadBack> {
    const stat = await this.store.stat(key);
    if (!stat) throw new AppError('ARCHIVE_UNREADABLE', 'the store has no archive, expected the one just completed');
    await this.check({ key, sizeBytes: stat.sizeBytes }, expected, signal);
    const whole = await this.hash(key, signal);
    if (whole.sizeBytes === stat.sizeBytes) return whole;
    throw new AppError('ARCHIVE_UNREADABLE', `${whole.sizeBytes} bytes were read back, expected ${stat.sizeBytes}`);
  }

  private async check(
    object: { readonly key: string; readonly sizeBytes: number },
    expected: ExpectedArchive,
    signal: AbortSignal,
  ): Promise<void> {
    const archive = await ZipReader.open(storedRanges(this.store, object, signal), object.sizeBytes).catch(
      asUnreadable,
    );
    const manifests = await checkDirectory(archive, expected);
    if (object.sizeBytes <= this.config.READ_BACK_MIB * MIB) await checkContents(archive, manifests, expected);
  }

  private async hash(key: string, signal: AbortSignal): Promise<ReadBack> {
    const hash = createHash('sha256');
    let sizeBytes = 0;
    for await (const chunk of (await this.store.get(key, { signal })) as AsyncIterable<Buffer>) {
      hash.update(chunk);
      sizeBytes += chunk.length;
    }
    return { sizeBytes, sha256: hash.digest('hex') };
  }
}

function asUnreadable(cause: unknown): never {
  if (!ZipError.is(cause)) throw cause;
  throw new AppError('ARCHIVE_UNREADABLE', `the archive has no directory that can be read: ${cause.message}`, {
    cause,
  });
}
