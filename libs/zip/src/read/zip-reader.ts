import { heldContent, readContent } from './content-reader.js';
import { findDirectory } from './directory-place.js';
import { readDirectory } from './directory-reader.js';
import type { EntryRecord } from '../format/entry-record.js';
import { asBuffer } from '../streams/fixed-blocks.js';
import { RECORD_BYTES, SIGNATURE } from '../format/format.js';
import { parseHeader } from '../format/header-fields.js';
import { readExactly, type ReadRange } from './range-reader.js';
import type { DirectoryPlace } from '../format/zip64.js';
import { ZipError } from '../format/zip-error.js';

/**
 * Reads and verifies archives like those this library writes: stored or deflated, plain or AE-2 with AES-256, ZIP64,
 * UTF-8, on one disk, without data descriptors. Refuses any other with `UNSUPPORTED`. Memory stays flat.
 */
export class ZipReader {
  readonly #readRange: ReadRange;
  readonly #directory: DirectoryPlace;

  private constructor(readRange: ReadRange, directory: DirectoryPlace) {
    this.#readRange = readRange;
    this.#directory = directory;
  }

  /**
   * Finds the central directory of an archive of `sizeBytes`.
   * Throws `NOT_A_ZIP`, `BAD_DIRECTORY`, `UNSUPPORTED`, `TRUNCATED` and what `readRange` throws.
   */
  static async open(readRange: ReadRange, sizeBytes: number): Promise<ZipReader> {
    return new ZipReader(readRange, await findDirectory(readRange, sizeBytes));
  }

  get entryCount(): number {
    return this.#directory.entryCount;
  }

  /** Where the central directory begins, in bytes. */
  get directoryOffset(): number {
    return this.#directory.offset;
  }

  /** The entries as the central directory lists them; `offset` counts from the archive's start. */
  entries(): AsyncGenerator<EntryRecord> {
    return readDirectory(this.#readRange, this.#directory);
  }

  /**
   * An entry's content, checked while it passes: trust it only once the end is reached without an error. Throws
   * `HEADERS_DISAGREE` when local and central header differ; `PASSWORD_REQUIRED`, `WRONG_PASSWORD`,
   * `BAD_AUTHENTICATION`; `BAD_CRC`, `BAD_SIZE`, `BAD_COMPRESSION`, `TRUNCATED`.
   */
  async *content(entry: EntryRecord, password?: string): AsyncGenerator<Buffer> {
    const offset = await this.#payloadOffset(entry);
    yield* readContent({ readRange: this.#readRange, offset, header: entry }, password);
  }

  /**
   * The same from an entry's local header and payload in memory: much faster for many small entries. The result may
   * share the memory of `bytes`. Throws what `content` does.
   */
  async contentIn(bytes: Uint8Array, entry: EntryRecord, password?: string): Promise<Buffer> {
    const all = asBuffer(bytes);
    const fixed = all.subarray(0, RECORD_BYTES.localHeader);
    if (fixed.length < RECORD_BYTES.localHeader) throw truncated(entry, all.length);
    const start = fixed.length + restOfLocalHeader(entry, fixed);
    const payload = all.subarray(start, start + entry.compressedSizeBytes);
    if (payload.length < entry.compressedSizeBytes) throw truncated(entry, all.length);
    compareLocalHeader(entry, fixed, all.subarray(fixed.length, start));
    return heldContent(payload, entry, password);
  }

  async #payloadOffset(entry: EntryRecord): Promise<number> {
    const fixed = Buffer.from(await readExactly(this.#readRange, entry.offset, RECORD_BYTES.localHeader));
    const restBytes = restOfLocalHeader(entry, fixed);
    compareLocalHeader(entry, fixed, await readExactly(this.#readRange, entry.offset + fixed.length, restBytes));
    return entry.offset + fixed.length + restBytes;
  }
}

function restOfLocalHeader(entry: EntryRecord, fixed: Buffer): number {
  if (fixed.readUInt32LE(0) !== SIGNATURE.localHeader) throw disagreement(entry, 'no local header');
  return fixed.readUInt16LE(26) + fixed.readUInt16LE(28);
}

function compareLocalHeader(entry: EntryRecord, fixed: Buffer, rest: Buffer): void {
  const nameBytes = fixed.readUInt16LE(26);
  const parts = { name: rest.subarray(0, nameBytes), extra: rest.subarray(nameBytes) };
  const local = parseHeader({ shared: fixed.subarray(4), ...parts, offset: 0 });
  for (const field of comparedFields) {
    if (local[field] !== entry[field]) throw disagreement(entry, `${field} ${local[field]} instead of ${entry[field]}`);
  }
}

const comparedFields: readonly (keyof EntryRecord)[] = [
  'name',
  'method',
  'encrypted',
  'crc32',
  'compressedSizeBytes',
  'sizeBytes',
  'modifiedAt',
  'timeField',
];

function disagreement(entry: EntryRecord, found: string): ZipError {
  const message = `the local header at ${entry.offset} has ${found} for entry ${entry.name}`;
  return new ZipError('HEADERS_DISAGREE', message, { entryName: entry.name });
}

function truncated(entry: EntryRecord, length: number): ZipError {
  const message = `entry ${entry.name} ends after ${length} bytes, before its payload does`;
  return new ZipError('TRUNCATED', message, { entryName: entry.name });
}
