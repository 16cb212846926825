import { METHOD } from './format.js';
import type { CompressionMethod } from './entry-record.js';

/**
 * APPNOTE 4.5.3, 4.6.1; 0x9901 is WinZip's AES field (APPNOTE appendix E), 0x5455 Info-ZIP's timestamp. 0xbac3 is our
 * own, which other readers ignore (4.5.1).
 */
export const EXTRA_ID = {
  zip64: 0x0001,
  ntfs: 0x000a,
  timestamp: 0x5455,
  aes: 0x9901,
  compressedCrc32: 0xbac3,
} as const;

/** `AE`, low byte first */
export const AES_VENDOR = 0x4541;
export const AE_2 = 2;
export const AES_256 = 3;

const NONE = Buffer.alloc(0);

/** A field's id and length take four bytes; its data follow. */
export const FIELD_LEAD_BYTES = 4;
const WIDE_VALUE_BYTES = 8;
const AES_BYTES = 7;

/** ZIP64 extended information: the 64-bit values of those fields that hold the 32-bit escape, in the fields' order. */
export function zip64Extra(values: readonly number[]): Buffer {
  if (values.length === 0) return NONE;
  const field = extraField(EXTRA_ID.zip64, values.length * WIDE_VALUE_BYTES);
  values.forEach((value, index) => field.writeBigUInt64LE(BigInt(value), FIELD_LEAD_BYTES + index * WIDE_VALUE_BYTES));
  return field;
}

/** Bytes of a local header's extra fields, as the functions of this file make them, but for the time's. */
export function localExtraSize(isBig: boolean, isEncrypted: boolean): number {
  const zip64Bytes = isBig ? FIELD_LEAD_BYTES + 2 * WIDE_VALUE_BYTES : 0;
  return zip64Bytes + (isEncrypted ? FIELD_LEAD_BYTES + AES_BYTES : 0);
}

/** WinZip AES: AE-2, 256 bits, and the method that the encryption hides. */
export function aesExtra(method: CompressionMethod): Buffer {
  const field = extraField(EXTRA_ID.aes, AES_BYTES);
  field.writeUInt16LE(AE_2, 4);
  field.writeUInt16LE(AES_VENDOR, 6);
  field.writeUInt8(AES_256, 8);
  field.writeUInt16LE(METHOD[method], 9);
  return field;
}

/** Our own field: CRC-32 of the compressed bytes. */
export function compressedCrc32Extra(compressedCrc32: number): Buffer {
  const field = extraField(EXTRA_ID.compressedCrc32, 4);
  field.writeUInt32LE(compressedCrc32, 4);
  return field;
}

/** A field of `dataBytes` zeros, with its id and length. */
export function extraField(id: number, dataBytes: number): Buffer {
  const field = Buffer.alloc(FIELD_LEAD_BYTES + dataBytes);
  field.writeUInt16LE(id, 0);
  field.writeUInt16LE(dataBytes, 2);
  return field;
}
