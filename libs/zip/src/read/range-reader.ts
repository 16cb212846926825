import { asBuffer } from '../streams/fixed-blocks.js';
import { MIB } from '../format/sizes.js';
import { ZipError } from '../format/zip-error.js';

/**
 * Reads up to `length` bytes at `offset`: at least one, unless the content ends there. For an entry that is stored and
 * not encrypted, each result is used up before the next one is asked for, so the same memory may be filled again.
 */
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
  const first = asBuffer(await readRange(offset, length));
  if (first.length === length) return first;
  const bytes = Buffer.allocUnsafe(length);
  let filled = first.copy(bytes);
  for await (const chunk of rangeChunks(readRange, offset + filled, length - filled))
    filled += chunk.copy(bytes, filled);
  return bytes;
}

const STEP_BYTES = MIB;

/** The bytes from `offset` on, in steps of up to 1 MiB. Throws `TRUNCATED` when there are fewer than `length`. */
export async function* rangeChunks(readRange: ReadRange, offset: number, length: number): AsyncGenerator<Buffer> {
  for (let at = 0; at < length;) {
    const chunk = asBuffer(await readRange(offset + at, Math.min(STEP_BYTES, length - at)));
    if (chunk.length === 0) {
      throw new ZipError('TRUNCATED', `the content ends at ${offset + at}, ${length - at} bytes early`);
    }
    yield chunk;
    at += chunk.length;
  }
}
