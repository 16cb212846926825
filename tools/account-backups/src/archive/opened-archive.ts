import { rangesOfFile, ZipError, ZipReader, type ReadRange } from '@account-backups/zip';
import { incompleteError, incompleteOf } from './incomplete.js';
import { openPlainFile } from './plain-file.js';

/** An archive that can be read in ranges. */
export interface OpenedArchive {
  readonly reader: ZipReader;
  readonly readRange: ReadRange;
  readonly sizeBytes: number;
}

interface ArchiveFile {
  readonly file: string;
  /** What a receipt says of its size. */
  readonly expectedSizeBytes?: number | undefined;
}

/**
 * Opens an archive for as long as `use` runs. Throws as `openPlainFile` and `ZipReader.open`, and `ARCHIVE_UNREADABLE`
 * with an `Incomplete` as details for an archive that was cut or appended to.
 */
export async function withArchive<T>(
  { file, expectedSizeBytes }: ArchiveFile,
  use: (archive: OpenedArchive) => Promise<T>,
): Promise<T> {
  const handle = await openPlainFile(file);
  try {
    const { size: sizeBytes } = await handle.stat();
    const readRange = rangesOfFile(handle);
    const reader = await ZipReader.open(readRange, sizeBytes).catch(async (error: unknown) => {
      if (!ZipError.is(error, 'NOT_A_ZIP', 'TRUNCATED', 'BAD_DIRECTORY')) throw error;
      const found = await incompleteOf({ readRange, sizeBytes }, expectedSizeBytes);
      throw found ? incompleteError(file, found) : error;
    });
    return await use({ reader, readRange, sizeBytes });
  } finally {
    await handle.close();
  }
}
