import { centralHeader } from './entry-header.js';
import type { EntryRecord } from './entry-record.js';
import { RECORD_BYTES, SIGNATURE } from './format.js';
import { needsZip64End, or16, or32, zip64End, type DirectoryPlace } from './zip64.js';
import { ZipError } from './zip-error.js';

const BLOCK_BYTES = 64 * 1024;

/** An entry's record and where its segment begins in the archive. */
export interface PlacedRecord {
  readonly segmentBaseOffset: number;
  readonly record: EntryRecord;
}

/**
 * The archive's end: central directory, ZIP64 end records when needed, end record (APPNOTE 4.3.12 to 4.3.16), as blocks
 * of about 64 KiB. Holds one record at a time. `directoryOffset` is where the directory begins, the sum of all
 * segments' sizes. Throws `INVALID_RECORD` when an entry would reach into the directory.
 */
export async function* centralDirectory(
  records: AsyncIterable<PlacedRecord> | Iterable<PlacedRecord>,
  directoryOffset: number,
): AsyncGenerator<Buffer, void, undefined> {
  let block: Buffer[] = [];
  let blockBytes = 0;
  let sizeBytes = 0;
  let entryCount = 0;
  for await (const placed of records) {
    const header = placedHeader(placed, directoryOffset);
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

/** What follows the last central header: the ZIP64 records when the place needs them, then the end record. */
export function endOfArchive(place: DirectoryPlace): Buffer {
  const end = Buffer.alloc(RECORD_BYTES.end);
  end.writeUInt32LE(SIGNATURE.end, 0);
  end.writeUInt16LE(or16(place.entryCount), 8);
  end.writeUInt16LE(or16(place.entryCount), 10);
  end.writeUInt32LE(or32(place.sizeBytes), 12);
  end.writeUInt32LE(or32(place.offset), 16);
  return needsZip64End(place) ? Buffer.concat([zip64End(place), end]) : end;
}
