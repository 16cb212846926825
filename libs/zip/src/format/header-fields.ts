import { AE_2, AES_256, AES_VENDOR, EXTRA_ID } from './extra-fields.js';
import type { CompressionMethod, EntryRecord } from './entry-record.js';
import { ESCAPE_32, FLAG, METHOD } from './format.js';
import { readTime } from './modification-time.js';
import { ZipError } from './zip-error.js';

/** The 26 bytes that local and central headers share (APPNOTE 4.3.7, 4.3.12), with name, extra field and offset. */
interface RawHeader {
  readonly shared: Buffer;
  readonly name: Buffer;
  readonly extra: Buffer;
  /** The 32-bit offset field; 0 in a local header, which has none. */
  readonly offset: number;
}

/** Throws `BAD_DIRECTORY` for a header that breaks the format, `UNSUPPORTED` for one that this reader does not know. */
export function parseHeader({ shared, name: nameBytes, extra, offset }: RawHeader): EntryRecord {
  const flags = shared.readUInt16LE(2);
  const name = decodeName(nameBytes, flags);
  const fields = extraFields(extra, name);
  const encrypted = (flags & FLAG.encrypted) !== 0;
  const sizes = wideValues(
    [shared.readUInt32LE(18), shared.readUInt32LE(14), offset],
    fields.get(EXTRA_ID.zip64),
    name,
  );
  return {
    name,
    encrypted,
    method: encrypted ? hiddenMethod(shared, fields.get(EXTRA_ID.aes), name) : methodOf(shared.readUInt16LE(4), name),
    crc32: shared.readUInt32LE(10),
    sizeBytes: sizes[0],
    compressedSizeBytes: sizes[1],
    offset: sizes[2],
    ...readTime({ time: shared.readUInt16LE(6), date: shared.readUInt16LE(8) }, fields),
    ...compressedCrc32(fields.get(EXTRA_ID.compressedCrc32)),
  };
}

const utf8 = new TextDecoder('utf-8', { fatal: true, ignoreBOM: true });

function decodeName(bytes: Buffer, flags: number): string {
  if ((flags & FLAG.dataDescriptor) !== 0) {
    throw new ZipError('UNSUPPORTED', `entry ${bytes.toString()} has a data descriptor`);
  }
  const isUtf8 = (flags & FLAG.utf8) !== 0 || bytes.every((byte) => byte < 0x80);
  if (!isUtf8) throw new ZipError('UNSUPPORTED', `entry name ${bytes.toString('latin1')} is not marked as UTF-8`);
  try {
    return utf8.decode(bytes);
  } catch (cause) {
    throw new ZipError('BAD_DIRECTORY', `entry name ${bytes.toString('latin1')} is not UTF-8`, { cause });
  }
}

function extraFields(extra: Buffer, entryName: string): ReadonlyMap<number, Buffer> {
  const fields = new Map<number, Buffer>();
  for (let at = 0; at + 4 <= extra.length;) {
    const end = at + 4 + extra.readUInt16LE(at + 2);
    if (end > extra.length) throw bad(`extra field of ${entryName} ends after its header`, entryName);
    fields.set(extra.readUInt16LE(at), extra.subarray(at + 4, end));
    at = end;
  }
  return fields;
}

type Sizes = readonly [sizeBytes: number, compressedSizeBytes: number, offset: number];

// APPNOTE 4.5.3: only the values whose 32-bit field holds the escape, in this order
function wideValues(narrow: Sizes, zip64: Buffer | undefined, entryName: string): Sizes {
  let at = 0;
  const widen = (value: number): number => {
    if (value !== ESCAPE_32) return value;
    if (!zip64 || zip64.length < at + 8) throw bad(`ZIP64 field of ${entryName} is missing or short`, entryName);
    at += 8;
    return Number(zip64.readBigUInt64LE(at - 8));
  };
  return [widen(narrow[0]), widen(narrow[1]), widen(narrow[2])];
}

function hiddenMethod(shared: Buffer, aes: Buffer | undefined, entryName: string): CompressionMethod {
  const isAe2 =
    shared.readUInt16LE(4) === METHOD.aes &&
    aes?.length === 7 &&
    aes.readUInt16LE(0) === AE_2 &&
    aes.readUInt16LE(2) === AES_VENDOR &&
    aes.readUInt8(4) === AES_256;
  if (isAe2) return methodOf(aes.readUInt16LE(5), entryName);
  throw new ZipError('UNSUPPORTED', `entry ${entryName} is encrypted otherwise than by AE-2, AES-256`, { entryName });
}

function methodOf(method: number, entryName: string): CompressionMethod {
  if (method === METHOD.store) return 'store';
  if (method === METHOD.deflate) return 'deflate';
  throw new ZipError('UNSUPPORTED', `entry ${entryName} has method ${method}`, { entryName });
}

// Another writer might use the same id: a field of any other length is not ours.
function compressedCrc32(field: Buffer | undefined): Pick<EntryRecord, 'compressedCrc32'> {
  return field?.length === 4 ? { compressedCrc32: field.readUInt32LE(0) } : {};
}

const bad = (message: string, entryName: string): ZipError => new ZipError('BAD_DIRECTORY', message, { entryName });
