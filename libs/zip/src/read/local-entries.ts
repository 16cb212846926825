// What can still be told of an archive whose central directory is gone: our writer gives every local header its final
// sizes, so that each says where the next one begins.
import type { EntryRecord } from '../format/entry-record.js';
import { RECORD_BYTES, SIGNATURE } from '../format/format.js';
import { parseHeader } from '../format/header-fields.js';
import { ZipError } from '../format/zip-error.js';
import { readContent } from './content-reader.js';
import { readExactly, type ReadRange } from './range-reader.js';

/** An entry as its local header tells of it. */
export interface LocalEntry {
  readonly entry: EntryRecord;
  /** Where the next record begins, in bytes. */
  readonly endsAt: number;
  /** Its checked content; see `ZipReader.content`. */
  content(password?: string): AsyncGenerator<Buffer>;
}

/** The entries that follow one another from the start of a file and lie in it whole. Ends at anything else. */
export async function* localEntries(readRange: ReadRange, sizeBytes: number): AsyncGenerator<LocalEntry> {
  for (let at = 0; at < sizeBytes;) {
    const found = await localEntryAt(readRange, at).catch(undefinedIfBroken);
    if (!found || found.endsAt > sizeBytes) return;
    yield found;
    at = found.endsAt;
  }
}

async function localEntryAt(readRange: ReadRange, at: number): Promise<LocalEntry | undefined> {
  const fixed = Buffer.from(await readExactly(readRange, at, RECORD_BYTES.localHeader));
  if (fixed.readUInt32LE(0) !== SIGNATURE.localHeader) return undefined;
  const nameBytes = fixed.readUInt16LE(26);
  const rest = await readExactly(readRange, at + fixed.length, nameBytes + fixed.readUInt16LE(28));
  const parts = { name: rest.subarray(0, nameBytes), extra: rest.subarray(nameBytes) };
  const entry = { ...parseHeader({ shared: fixed.subarray(4), ...parts, offset: 0 }), offset: at };
  const offset = at + fixed.length + rest.length;
  return {
    entry,
    endsAt: offset + entry.compressedSizeBytes,
    content: (password) => readContent({ readRange, offset, header: entry }, password),
  };
}

function undefinedIfBroken(error: unknown): undefined {
  if (!ZipError.is(error)) throw error;
}

/** Where an archive ends whose central directory begins at `at`, in bytes; undefined where that breaks off. */
export async function endBehindDirectory(readRange: ReadRange, at: number): Promise<number | undefined> {
  for (let next = at; ;) {
    const length = await recordLengthAt(readRange, next).catch(undefinedIfBroken);
    if (!length) return undefined;
    next += length.bytes;
    if (length.isLast) return next;
  }
}

interface RecordLength {
  readonly bytes: number;
  readonly isLast: boolean;
}

/** Of a record of the directory or of the archive's end (APPNOTE 4.3.12, 4.3.14 to 4.3.16). */
async function recordLengthAt(readRange: ReadRange, at: number): Promise<RecordLength | undefined> {
  const fieldsOf = (bytes: number) => readExactly(readRange, at, bytes);
  switch ((await fieldsOf(4)).readUInt32LE(0)) {
    case SIGNATURE.centralHeader: {
      const fields = await fieldsOf(RECORD_BYTES.centralHeader);
      const variable = [28, 30, 32].reduce((sum, place) => sum + fields.readUInt16LE(place), 0);
      return { bytes: fields.length + variable, isLast: false };
    }
    case SIGNATURE.zip64End:
      return { bytes: RECORD_BYTES.zip64End, isLast: false };
    case SIGNATURE.zip64Locator:
      return { bytes: RECORD_BYTES.zip64Locator, isLast: false };
    case SIGNATURE.end: {
      const fields = await fieldsOf(RECORD_BYTES.end);
      return { bytes: fields.length + fields.readUInt16LE(20), isLast: true };
    }
    default:
      return undefined;
  }
}
