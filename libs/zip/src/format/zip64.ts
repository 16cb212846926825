import { ESCAPE_16, ESCAPE_32, MADE_BY_UNIX, RECORD_BYTES, SIGNATURE, VERSION_NEEDED } from './format.js';

/** True when a 32-bit field cannot hold the value: its largest value is the escape (APPNOTE 4.4.1.4). */
export const exceeds32 = (value: number): boolean => value >= ESCAPE_32;

/** The content of the 32-bit field: the value, or the escape. */
export const or32 = (value: number): number => Math.min(value, ESCAPE_32);

/** The content of the 16-bit field: the value, or the escape. */
export const or16 = (value: number): number => Math.min(value, ESCAPE_16);

/** Where a central directory lies and how many headers it has. */
export interface DirectoryPlace {
  readonly offset: number;
  readonly sizeBytes: number;
  readonly entryCount: number;
}

/** True when the end record alone cannot describe the directory (APPNOTE 4.3.14). */
export function needsZip64End({ offset, sizeBytes, entryCount }: DirectoryPlace): boolean {
  return exceeds32(offset) || exceeds32(sizeBytes) || entryCount >= ESCAPE_16;
}

/** ZIP64 end of central directory record and its locator (APPNOTE 4.3.14, 4.3.15). */
export function zip64End({ offset, sizeBytes, entryCount }: DirectoryPlace): Buffer {
  const bytes = Buffer.alloc(RECORD_BYTES.zip64End + RECORD_BYTES.zip64Locator);
  bytes.writeUInt32LE(SIGNATURE.zip64End, 0);
  // 4.3.14.1: the size counts neither the signature nor itself
  bytes.writeBigUInt64LE(BigInt(RECORD_BYTES.zip64End - 12), 4);
  bytes.writeUInt16LE(MADE_BY_UNIX, 12);
  bytes.writeUInt16LE(VERSION_NEEDED.zip64, 14);
  bytes.writeBigUInt64LE(BigInt(entryCount), 24);
  bytes.writeBigUInt64LE(BigInt(entryCount), 32);
  bytes.writeBigUInt64LE(BigInt(sizeBytes), 40);
  bytes.writeBigUInt64LE(BigInt(offset), 48);
  const locator = bytes.subarray(RECORD_BYTES.zip64End);
  locator.writeUInt32LE(SIGNATURE.zip64Locator, 0);
  locator.writeBigUInt64LE(BigInt(offset + sizeBytes), 8);
  locator.writeUInt32LE(1, 16);
  return bytes;
}
