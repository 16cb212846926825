import { open } from 'node:fs/promises';
import { AppError } from '@account-backups/contracts';
import { rangesOfFile, ZipReader, type ReadRange } from '@account-backups/zip';

/** An archive that can be read in ranges. */
export interface OpenedArchive {
  readonly reader: ZipReader;
  readonly readRange: ReadRange;
  readonly sizeBytes: number;
}

/** Opens an archive for as long as `use` runs. Throws `NOT_FOUND`, and as `ZipReader.open`. */
export async function withArchive<T>(file: string, use: (archive: OpenedArchive) => Promise<T>): Promise<T> {
  const handle = await open(file).catch((cause: unknown) => {
    throw new AppError('NOT_FOUND', `${file} cannot be opened`, { cause });
  });
  try {
    const { size: sizeBytes } = await handle.stat();
    const readRange = rangesOfFile(handle);
    return await use({ reader: await ZipReader.open(readRange, sizeBytes), readRange, sizeBytes });
  } finally {
    await handle.close();
  }
}
