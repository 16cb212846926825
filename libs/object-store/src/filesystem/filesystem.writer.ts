import { open, rm, type FileHandle } from 'node:fs/promises';
import { crc32 } from 'node:zlib';
import { KIB } from '@account-backups/contracts';
import { blocksOf } from '../content/content-blocks.js';
import type { Content } from '../object-store.js';

const BLOCK_BYTES = 512 * KIB;

interface Written {
  readonly sizeBytes: number;
  readonly crc: number;
}

/** Writes a new file and syncs it; when `write` fails the file is gone again. */
export async function writeFileDurably<T>(path: string, write: (file: FileHandle) => Promise<T>): Promise<T> {
  try {
    const file = await open(path, 'wx');
    try {
      const result = await write(file);
      await file.sync();
      return result;
    } finally {
      await file.close();
    }
  } catch (error) {
    await rm(path, { force: true });
    throw error;
  }
}

/** Appends content to an open file. */
export async function appendContent(file: FileHandle, content: Content): Promise<Written> {
  let sizeBytes = 0;
  let crc = 0;
  for await (const block of blocksOf(content, () => BLOCK_BYTES)) {
    sizeBytes += block.length;
    crc = crc32(block, crc);
    await file.writeFile(block);
  }
  return { sizeBytes, crc };
}
