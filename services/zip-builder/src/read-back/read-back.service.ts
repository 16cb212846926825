import { AppError, MIB } from '@account-backups/contracts';
import type { ObjectStore } from '@account-backups/object-store';
import { OBJECT_STORE } from '@account-backups/service-kit';
import { ZipError, ZipReader } from '@account-backups/zip';
import { Inject, Injectable } from '@nestjs/common';
import type { StoredArchive } from './archive-blocks.js';
import { ArchiveBytes } from './archive-bytes.js';
import { checkContents, checkDirectory, type ExpectedArchive } from './archive-check.js';
import { CONFIG, type ZipBuilderConfig } from '../config.js';

export interface ReadBack {
  readonly sizeBytes: number;
  readonly sha256: string;
}

/** Reads a finished archive as whoever downloads and opens it will. */
@Injectable()
export class ReadBackService {
  constructor(
    @Inject(OBJECT_STORE) private readonly store: ObjectStore,
    @Inject(CONFIG) private readonly config: Pick<ZipBuilderConfig, 'READ_BACK_MIB'>,
  ) {}

  /**
   * Walks the directory, opens every entry if all of them hold up to `READ_BACK_MIB`, and takes the SHA-256 of the
   * whole object: contents are read once for both. Throws `ARCHIVE_UNREADABLE`, saying what differs, unless it is what
   * was planned.
   */
  async read(archive: StoredArchive, expected: ExpectedArchive, signal: AbortSignal): Promise<ReadBack> {
    const { sizeBytes } = archive;
    const bytes = new ArchiveBytes(this.store, archive, signal);
    // An archive that was deflated well is much more work to read back than its size suggests.
    const isOpened = Math.max(sizeBytes, expected.fileBytes) <= this.config.READ_BACK_MIB * MIB;
    try {
      return { sizeBytes, sha256: await (isOpened ? readContents(bytes, expected) : readDirectory(bytes, expected)) };
    } finally {
      await bytes.close();
    }
  }
}

async function readContents(bytes: ArchiveBytes, expected: ExpectedArchive): Promise<string> {
  const archive = await open(bytes);
  const manifests = await checkDirectory(archive, expected);
  await checkContents({ archive, bytes }, manifests, expected);
  return bytes.sha256();
}

async function readDirectory(bytes: ArchiveBytes, expected: ExpectedArchive): Promise<string> {
  const checked = open(bytes).then((archive) => checkDirectory(archive, expected));
  const [sha256] = await Promise.all([bytes.sha256(), checked]);
  return sha256;
}

function open(bytes: ArchiveBytes): Promise<ZipReader> {
  return ZipReader.open(bytes.read, bytes.sizeBytes).catch(asUnreadable);
}

function asUnreadable(cause: unknown): never {
  if (!ZipError.is(cause)) throw cause;
  throw new AppError('ARCHIVE_UNREADABLE', `the archive has no directory that can be read: ${cause.message}`, {
    cause,
  });
}
