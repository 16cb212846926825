import { createHash } from 'node:crypto';
import { crc32 } from 'node:zlib';
import { checkByteCount } from '../format/entry-record.js';
import { asBuffer } from '../streams/fixed-blocks.js';
import { ZipError } from '../format/zip-error.js';

/** A file to archive. Its size and checksums are known before a byte of it is read. */
export interface EntrySource {
  /** Path in the archive, `/` between segments. */
  readonly name: string;
  readonly modifiedAt: Date;
  readonly sizeBytes: number;
  readonly crc32: number;
  /** Checked when given: 64 hexadecimal digits. */
  readonly sha256?: string;
  /** Helps to tell dense formats from compressible ones. */
  readonly mediaType?: string;
  /** Opens the content from its first byte; may be called more than once. A `Readable` will do. */
  readonly content: () => AsyncIterable<Uint8Array>;
  /**
   * True when nothing else uses the memory of the content's chunks, not even another chunk: large contents are then
   * encrypted in that memory instead of a copy. Default false.
   */
  readonly givesMemory?: boolean;
}

/** Throws `INVALID_ENTRY` when a fact of the source cannot be true. */
export function checkSource(source: EntrySource): void {
  checkByteCount(source.sizeBytes, 'size', source.name);
  const { crc32: crc, sha256, name } = source;
  if (!Number.isInteger(crc) || crc < 0 || crc > 0xffffffff) {
    throw new ZipError('INVALID_ENTRY', `CRC-32 of ${name} is ${crc}, expected 0 to 4294967295`, { entryName: name });
  }
  if (sha256 === undefined || /^[0-9a-fA-F]{64}$/.test(sha256)) return;
  throw new ZipError('INVALID_ENTRY', `SHA-256 of ${name} is ${sha256}, expected 64 hex digits`, { entryName: name });
}

/**
 * The source's content, checked while it passes: never more bytes than promised, and at the end size, CRC-32 and
 * SHA-256. Throws `SOURCE_LONG`, `SOURCE_SHORT`, `SOURCE_CRC_MISMATCH`, `SOURCE_HASH_MISMATCH`, and
 * `SOURCE_READ_FAILED` with the source's own error as cause.
 */
export async function* verifiedContent(source: EntrySource): AsyncGenerator<Buffer> {
  const seen = { sizeBytes: 0, crc32: 0, sha256: source.sha256 ? createHash('sha256') : undefined };
  for await (const chunk of readable(source)) {
    seen.sizeBytes += chunk.length;
    if (seen.sizeBytes > source.sizeBytes) {
      throw mismatch(source, 'SOURCE_LONG', `more than ${source.sizeBytes} bytes`);
    }
    seen.crc32 = crc32(chunk, seen.crc32);
    seen.sha256?.update(chunk);
    yield chunk;
  }
  if (seen.sizeBytes < source.sizeBytes) {
    throw mismatch(source, 'SOURCE_SHORT', `${seen.sizeBytes} bytes, expected ${source.sizeBytes}`);
  }
  if (seen.crc32 !== source.crc32) {
    throw mismatch(source, 'SOURCE_CRC_MISMATCH', `CRC-32 ${hex(seen.crc32)}, expected ${hex(source.crc32)}`);
  }
  const sha256 = seen.sha256?.digest('hex');
  if (sha256 !== source.sha256?.toLowerCase()) {
    throw mismatch(source, 'SOURCE_HASH_MISMATCH', `SHA-256 ${sha256}, expected ${source.sha256}`);
  }
}

async function* readable(source: EntrySource): AsyncGenerator<Buffer> {
  try {
    for await (const chunk of source.content()) yield asBuffer(chunk);
  } catch (cause) {
    const message = `the content of ${source.name} cannot be read`;
    throw new ZipError('SOURCE_READ_FAILED', message, { cause, entryName: source.name });
  }
}

type Mismatch = 'SOURCE_LONG' | 'SOURCE_SHORT' | 'SOURCE_CRC_MISMATCH' | 'SOURCE_HASH_MISMATCH';

function mismatch(source: EntrySource, code: Mismatch, finding: string): ZipError {
  const message = `the content of ${source.name} has ${finding}`;
  return new ZipError(code, message, { entryName: source.name });
}

const hex = (value: number): string => value.toString(16).padStart(8, '0');
