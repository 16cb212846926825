import { ESCAPE_16, ESCAPE_32, RECORD_BYTES, SIGNATURE } from '../format/format.js';
import { readExactly, type ReadRange } from './range-reader.js';
import type { DirectoryPlace } from '../format/zip64.js';
import { ZipError } from '../format/zip-error.js';

const MAX_COMMENT_BYTES = 0xffff;

/**
 * Finds the central directory from the archive's end (APPNOTE 4.3.14 to 4.3.16).
 * Throws `NOT_A_ZIP`, `BAD_DIRECTORY`, `UNSUPPORTED` (several disks), `TRUNCATED`.
 */
export async function findDirectory(readRange: ReadRange, archiveBytes: number): Promise<DirectoryPlace> {
  const tailBytes = Math.min(archiveBytes, RECORD_BYTES.end + MAX_COMMENT_BYTES + RECORD_BYTES.zip64Locator);
  const tail = await readExactly(readRange, archiveBytes - tailBytes, tailBytes);
  const endAt = endRecordAt(tail);
  const end = tail.subarray(endAt);
  if (end.readUInt16LE(4) !== end.readUInt16LE(6)) throw new ZipError('UNSUPPORTED', 'the archive spans several disks');
  const narrow = { entryCount: end.readUInt16LE(10), sizeBytes: end.readUInt32LE(12), offset: end.readUInt32LE(16) };
  const isEscaped = narrow.entryCount === ESCAPE_16 || narrow.sizeBytes === ESCAPE_32 || narrow.offset === ESCAPE_32;
  const locatorAt = endAt - RECORD_BYTES.zip64Locator;
  const isZip64 = isEscaped && locatorAt >= 0 && tail.readUInt32LE(locatorAt) === SIGNATURE.zip64Locator;
  const endsBefore = archiveBytes - tailBytes + endAt;
  return within(isZip64 ? await zip64Place(readRange, tail.readBigUInt64LE(locatorAt + 8)) : narrow, endsBefore);
}

// A comment may contain anything, even a signature: the record is the one whose comment ends where the archive ends.
function endRecordAt(tail: Buffer): number {
  for (let at = tail.length - RECORD_BYTES.end; at >= 0; at -= 1) {
    if (tail.readUInt32LE(at) !== SIGNATURE.end) continue;
    if (at + RECORD_BYTES.end + tail.readUInt16LE(at + 20) === tail.length) return at;
  }
  throw new ZipError('NOT_A_ZIP', 'no end of central directory record at the end of the content');
}

async function zip64Place(readRange: ReadRange, at: bigint): Promise<DirectoryPlace> {
  const end = await readExactly(readRange, Number(at), RECORD_BYTES.zip64End);
  if (end.readUInt32LE(0) !== SIGNATURE.zip64End) {
    throw new ZipError('BAD_DIRECTORY', `no ZIP64 end record at ${at}, where its locator points`);
  }
  return {
    entryCount: Number(end.readBigUInt64LE(32)),
    sizeBytes: Number(end.readBigUInt64LE(40)),
    offset: Number(end.readBigUInt64LE(48)),
  };
}

function within(place: DirectoryPlace, endsBefore: number): DirectoryPlace {
  if (place.offset + place.sizeBytes <= endsBefore) return place;
  const message = `the directory of ${place.sizeBytes} bytes at ${place.offset} does not end before ${endsBefore}`;
  throw new ZipError('BAD_DIRECTORY', message);
}
