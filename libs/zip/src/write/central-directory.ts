import { centralHeader } from '../format/entry-header.js';
import type { EntryRecord } from '../format/entry-record.js';
import { RECORD_BYTES, SIGNATURE } from '../format/format.js';
import { KIB } from '../format/sizes.js';
import { needsZip64End, or16, or32, zip64End, type DirectoryPlace } from '../format/zip64.js';
import { ZipError } from '../format/zip-error.js';

const BLOCK_BYTES = 64 * KIB;

/** An entry's record and where its segment begins in the archive. */
export interface PlacedRecord {
  readonly segmentBaseOffset: number;
  readonly record: EntryRecord;
}

/** The records of a segment that begins `segmentBaseOffset` bytes after the archive's start. */
export function* placed(records: Iterable<EntryRecord>, segmentBaseOffset: number): Generator<PlacedRecord> {
  for (const record of records) yield { segmentBaseOffset, record };
}

/**
 * The archive's end: central directory, ZIP64 end records when needed, end record (APPNOTE 4.3.12 to 4.3.16), as blocks
 * of about 64 KiB. `directoryOffset` is where the directory begins: the sum of all segments' sizes. Throws
 * `INVALID_RECORD` when an entry would reach into the directory.
 */
export async function* centralDirectory(
  records: AsyncIterable<PlacedRecord> | Iterable<PlacedRecord>,
  directoryOffset: number,
): AsyncGenerator<Buffer, void, undefined> {
  let block: Buffer[] = [];
  let blockBytes = 0;
  let sizeBytes = 0;
  let entryCount = 0;
  for await (const each of records) {
    const header = placedHeader(each, directoryOffset);
    block.push(header);
    blockBytes += header.length;
    sizeBytes += header.length;
    entryCount += 1;
    if (blockBytes < BLOCK_BYTES) continue;
    yield Buffer.concat(block, blockBytes);
    block = [];
    blockBytes = 0;
  }
  yield Buffer.concat([...block, endOfArchive({ offset: directoryOffset, sizeBytes, entryCount })]);
}

function placedHeader({ segmentBaseOffset, record }: PlacedRecord, directoryOffset: number): Buffer {
  const offset = segmentBaseOffset + record.offset;
  if (offset >= 0 && offset + record.compressedSizeBytes < directoryOffset) return centralHeader(record, offset);
  const message = `entry ${record.name} at ${offset} does not lie before the directory at ${directoryOffset}`;
  throw new ZipError('INVALID_RECORD', message, { entryName: record.name });
}

/** What follows the last central header: the ZIP64 records when needed, then the end record. */
function endOfArchive(place: DirectoryPlace): Buffer {
  const end = Buffer.alloc(RECORD_BYTES.end);
  end.writeUInt32LE(SIGNATURE.end, 0);
  end.writeUInt16LE(or16(place.entryCount), 8);
  end.writeUInt16LE(or16(place.entryCount), 10);
  end.writeUInt32LE(or32(place.sizeBytes), 12);
  end.writeUInt32LE(or32(place.offset), 16);
  return needsZip64End(place) ? Buffer.concat([zip64End(place), end]) : end;
}
