import { asBuffer } from './fixed-blocks.js';
import { ZipError } from './zip-error.js';

/** Reads `length` bytes at `offset`; fewer only where the content ends. */
export type ReadRange = (offset: number, length: number) => Promise<Uint8Array>;

/** The part of `node:fs/promises` FileHandle that reading needs. */
export interface PositionedFile {
  read(buffer: Uint8Array, offset: number, length: number, position: number): Promise<{ readonly bytesRead: number }>;
}

/** Ranges of an open file. */
export function rangesOfFile(file: PositionedFile): ReadRange {
  return async (offset, length) => {
    const buffer = Buffer.allocUnsafe(length);
    let filled = 0;
    while (filled < length) {
      const { bytesRead } = await file.read(buffer, filled, length - filled, offset + filled);
      if (bytesRead === 0) break;
      filled += bytesRead;
    }
    return buffer.subarray(0, filled);
  };
}

/** Ranges of bytes in memory. */
export function rangesOfBytes(bytes: Uint8Array): ReadRange {
  return (offset, length) => Promise.resolve(bytes.subarray(offset, offset + length));
}

/** All `length` bytes at `offset`. Throws `TRUNCATED` when there are fewer. */
export async function readExactly(readRange: ReadRange, offset: number, length: number): Promise<Buffer> {
  const bytes = asBuffer(await readRange(offset, length));
  if (bytes.length === length) return bytes;
  throw new ZipError('TRUNCATED', `got ${bytes.length} bytes at ${offset}, expected ${length}`);
}

const STEP_BYTES = 1024 * 1024;

/** The bytes from `offset` on, in steps of 1 MiB. Throws `TRUNCATED` when there are fewer. */
export async function* rangeChunks(readRange: ReadRange, offset: number, length: number): AsyncGenerator<Buffer> {
  for (let at = 0; at < length; at += STEP_BYTES) {
    yield await readExactly(readRange, offset + at, Math.min(STEP_BYTES, length - at));
  }
}
