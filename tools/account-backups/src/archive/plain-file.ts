import { constants, open, type FileHandle } from 'node:fs/promises';
import { AppError } from '@account-backups/contracts';

/**
 * Opens a plain file to read it: never waits at a pipe, never reads a device. Throws `NOT_FOUND`, and
 * `VALIDATION_FAILED` for anything but a file.
 */
export async function openPlainFile(file: string): Promise<FileHandle> {
  const handle = await open(file, constants.O_RDONLY | constants.O_NONBLOCK).catch((cause: unknown) => {
    throw new AppError('NOT_FOUND', `${file} cannot be opened`, { cause });
  });
  if ((await handle.stat()).isFile()) return handle;
  await handle.close();
  throw new AppError('VALIDATION_FAILED', `${file}: expected a plain file, not a folder, a pipe or a device`);
}

/** The text of a plain file in UTF-8. Throws as `openPlainFile`, and `VALIDATION_FAILED` above `maxBytes`. */
export async function readPlainFile(file: string, maxBytes: number): Promise<string> {
  const handle = await openPlainFile(file);
  try {
    const { size } = await handle.stat();
    if (size > maxBytes) throw new AppError('VALIDATION_FAILED', `${file}: expected at most ${maxBytes} bytes`);
    return await handle.readFile('utf8');
  } finally {
    await handle.close();
  }
}
