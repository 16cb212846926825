import { AppError } from '@account-backups/contracts';
import type { ObjectStore } from '@account-backups/object-store';
import { ZipError, ZipReader } from '@account-backups/zip';
import { Inject, Injectable } from '@nestjs/common';
import { ArchiveRanges } from './archive-ranges.js';
import { checkContents, checkDirectory, type ExpectedArchive } from './archive-check.js';
import { CONFIG, type ZipBuilderConfig } from './config.js';
import { OBJECT_STORE } from './object-store.provider.js';

export interface ReadBack {
  readonly sizeBytes: number;
  readonly sha256: string;
}

const MIB = 1_048_576;
/** Contents are read from front to back. */
const CONTENTS = { blockBytes: 2 * MIB, ahead: 4, kept: 8 };
/** The directory and the manifests are read beside them, in small steps. */
const DIRECTORY = { blockBytes: MIB, ahead: 1, kept: 5 };

/** Reads a finished archive as whoever downloads and opens it will. */
@Injectable()
export class ReadBackService {
  constructor(
    @Inject(OBJECT_STORE) private readonly store: ObjectStore,
    @Inject(CONFIG) private readonly config: Pick<ZipBuilderConfig, 'READ_BACK_MIB'>,
  ) {}

  /**
   * Walks the directory, opens every entry of an archive up to `READ_BACK_MIB`, and takes the SHA-256 of the whole
   * object: contents are read once for both. Throws `ARCHIVE_UNREADABLE`, saying what differs, unless it is what was planned.
   */
  async read(key: string, expected: ExpectedArchive, signal: AbortSignal): Promise<ReadBack> {
    const stat = await this.store.stat(key);
    if (!stat) throw new AppError('ARCHIVE_UNREADABLE', 'the store has no archive, expected the one just completed');
    const archive = { key, sizeBytes: stat.sizeBytes };
    const contents = new ArchiveRanges(this.store, archive, { ...CONTENTS, signal });
    const reader = await ZipReader.open(
      new ArchiveRanges(this.store, archive, { ...DIRECTORY, signal }).read,
      archive.sizeBytes,
    ).catch(asUnreadable);
    const manifests = await checkDirectory(reader, expected);
    if (archive.sizeBytes <= this.config.READ_BACK_MIB * MIB) {
      const content = await ZipReader.open(contents.read, archive.sizeBytes);
      await checkContents({ directory: reader, content }, manifests, expected);
    }
    return { sizeBytes: archive.sizeBytes, sha256: await contents.sha256() };
  }
}

function asUnreadable(cause: unknown): never {
  if (!ZipError.is(cause)) throw cause;
  throw new AppError('ARCHIVE_UNREADABLE', `the archive has no directory that can be read: ${cause.message}`, {
    cause,
  });
}
