import { toDosTime } from './dos-time.js';
import { encodeEntryName } from './entry-name.js';
import { checkByteCount, type EntryFacts, type TimeField } from './entry-record.js';
import { aesExtra, compressedCrc32Extra, localExtraSize, zip64Extra } from './extra-fields.js';
import {
  FLAG,
  MADE_BY_UNIX,
  METHOD,
  PLAIN_FILE_ATTRIBUTES,
  RECORD_BYTES,
  SIGNATURE,
  VERSION_NEEDED,
} from './format.js';
import { timeExtra, timeFieldBytes, timeFieldFor } from './modification-time.js';
import { exceeds32, or32 } from './zip64.js';
import { ZipError } from './zip-error.js';

/**
 * Local file header with final sizes and CRC (APPNOTE 4.3.7), so without a data descriptor. It holds no offset, so it
 * is right wherever the entry is placed. With ZIP64 it carries both sizes (4.5.3). Throws `INVALID_NAME`,
 * `INVALID_ENTRY`.
 */
export function localHeader(entry: EntryFacts): Buffer {
  const big = isBig(entry);
  const parts = variableParts(entry, big ? [entry.sizeBytes, entry.compressedSizeBytes] : []);
  const header = Buffer.alloc(RECORD_BYTES.localHeader);
  header.writeUInt32LE(SIGNATURE.localHeader, 0);
  writeSharedFields(header.subarray(4), entry, parts);
  if (big) header.fill(0xff, 18, 26);
  return Buffer.concat([header, parts.name, parts.extra]);
}

const isBig = (entry: EntryFacts): boolean => exceeds32(entry.sizeBytes) || exceeds32(entry.compressedSizeBytes);

/** Bytes of the local header, without making it. The facts are not checked again. */
export function localHeaderSize(entry: EntryFacts): number {
  const extraBytes = localExtraSize(isBig(entry), entry.encrypted) + timeFieldBytes(timeFieldOf(entry));
  return RECORD_BYTES.localHeader + Buffer.byteLength(entry.name, 'utf8') + extraBytes;
}

const timeFieldOf = ({ timeField, modifiedAt }: EntryFacts): TimeField =>
  timeField ?? timeFieldFor(new Date(modifiedAt));

/** Bytes of local header and payload of an entry in an archive. */
export function recordSize(record: EntryFacts): number {
  return localHeaderSize(record) + record.compressedSizeBytes;
}

const MAX_EXTRA_BYTES = 96;

/** The most bytes that a local header with this name can take. */
export function maxLocalHeaderBytes(name: string): number {
  return RECORD_BYTES.localHeader + Buffer.byteLength(name, 'utf8') + MAX_EXTRA_BYTES;
}

/**
 * Central directory header (APPNOTE 4.3.12) of an entry whose local header begins `offset` bytes after the archive's
 * start. With ZIP64 it carries only what 32 bits cannot (4.5.3). Throws `INVALID_NAME`, `INVALID_ENTRY`.
 */
export function centralHeader(entry: EntryFacts, offset: number): Buffer {
  checkByteCount(offset, 'offset', entry.name);
  const wideValues = [entry.sizeBytes, entry.compressedSizeBytes, offset].filter(exceeds32);
  const { compressedCrc32 } = entry;
  const more = compressedCrc32 === undefined ? [] : [compressedCrc32Extra(compressedCrc32)];
  const parts = variableParts(entry, wideValues, more);
  const header = Buffer.alloc(RECORD_BYTES.centralHeader);
  header.writeUInt32LE(SIGNATURE.centralHeader, 0);
  header.writeUInt16LE(MADE_BY_UNIX, 4);
  writeSharedFields(header.subarray(6), entry, parts);
  header.writeUInt32LE(PLAIN_FILE_ATTRIBUTES, 38);
  header.writeUInt32LE(or32(offset), 42);
  return Buffer.concat([header, parts.name, parts.extra]);
}

interface VariableParts {
  readonly name: Buffer;
  readonly extra: Buffer;
  readonly modifiedAt: Date;
  readonly zip64: boolean;
}

function variableParts(entry: EntryFacts, wideValues: readonly number[], more: readonly Buffer[] = []): VariableParts {
  checkByteCount(entry.sizeBytes, 'size', entry.name);
  checkByteCount(entry.compressedSizeBytes, 'compressed size', entry.name);
  const modifiedAt = new Date(entry.modifiedAt);
  if (Number.isNaN(modifiedAt.getTime())) {
    const message = `modifiedAt of ${entry.name} is ${entry.modifiedAt}, expected an ISO 8601 time`;
    throw new ZipError('INVALID_ENTRY', message, { entryName: entry.name });
  }
  const fields = [zip64Extra(wideValues), timeExtra(timeFieldOf(entry), modifiedAt)];
  if (entry.encrypted) fields.push(aesExtra(entry.method));
  return {
    name: encodeEntryName(entry.name),
    extra: Buffer.concat([...fields, ...more]),
    modifiedAt,
    zip64: wideValues.length > 0,
  };
}

// APPNOTE 4.3.7 and 4.3.12 share these 26 bytes, from "version needed" to "extra field length"
function writeSharedFields(target: Buffer, entry: EntryFacts, parts: VariableParts): void {
  const { date, time } = toDosTime(parts.modifiedAt);
  target.writeUInt16LE(versionNeeded(entry, parts.zip64), 0);
  target.writeUInt16LE(FLAG.utf8 | (entry.encrypted ? FLAG.encrypted : 0), 2);
  target.writeUInt16LE(entry.encrypted ? METHOD.aes : METHOD[entry.method], 4);
  target.writeUInt16LE(time, 6);
  target.writeUInt16LE(date, 8);
  target.writeUInt32LE(entry.encrypted ? 0 : entry.crc32, 10);
  target.writeUInt32LE(or32(entry.compressedSizeBytes), 14);
  target.writeUInt32LE(or32(entry.sizeBytes), 18);
  target.writeUInt16LE(parts.name.length, 22);
  target.writeUInt16LE(parts.extra.length, 24);
}

function versionNeeded(entry: EntryFacts, zip64: boolean): number {
  if (entry.encrypted) return VERSION_NEEDED.aes;
  return zip64 ? VERSION_NEEDED.zip64 : VERSION_NEEDED[entry.method];
}
