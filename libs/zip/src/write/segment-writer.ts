import { crc32 } from 'node:zlib';
import { hasCompressedCrc32, type EntryRecord } from '../format/entry-record.js';
import type { PreparedEntry } from './prepared-entry.js';
import { ZipError } from '../format/zip-error.js';

/**
 * Writes a segment: a run of entries that holds no absolute offset, so segments can be built anywhere and in any order.
 * `records` and `sizeBytes` cover the entries emitted to their end.
 */
export class SegmentWriter {
  readonly #records: EntryRecord[] = [];
  #sizeBytes = 0;

  /** One record for each entry emitted to its end, in order. */
  get records(): readonly EntryRecord[] {
    return this.#records;
  }

  /** Bytes of the entries in `records`. */
  get sizeBytes(): number {
    return this.#sizeBytes;
  }

  /**
   * The segment's bytes, pulled at the consumer's pace; `Readable.from` makes a stream of them. May be called again to
   * append. When an entry fails, `entryName` of the `ZipError` names it: throw away the bytes yielded so far and build
   * the segment again without that entry.
   */
  async *write(entries: AsyncIterable<PreparedEntry> | Iterable<PreparedEntry>): AsyncGenerator<Buffer> {
    for await (const entry of entries) {
      const checksum = yield* checkedBytes(entry);
      this.#records.push({ ...entry.facts, ...checksum, offset: this.#sizeBytes });
      this.#sizeBytes += entry.sizeBytes;
    }
  }
}

// The last guard: an entry of any size but the promised one would shift all that follow.
async function* checkedBytes({
  facts,
  sizeBytes,
  bytes,
}: PreparedEntry): AsyncGenerator<Buffer, Pick<EntryRecord, 'compressedCrc32'>> {
  const headerBytes = sizeBytes - facts.compressedSizeBytes;
  const isSummed = hasCompressedCrc32(facts);
  let emittedBytes = 0;
  let compressedCrc32 = 0;
  for await (const chunk of bytes()) {
    if (isSummed) compressedCrc32 = crc32(chunk.subarray(Math.max(0, headerBytes - emittedBytes)), compressedCrc32);
    emittedBytes += chunk.length;
    yield chunk;
  }
  if (emittedBytes === sizeBytes) return isSummed ? { compressedCrc32 } : {};
  const message = `${facts.name} took ${emittedBytes} bytes, expected ${sizeBytes}`;
  throw new ZipError('ENTRY_SIZE_CHANGED', message, { entryName: facts.name });
}
