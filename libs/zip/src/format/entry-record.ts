import { ZipError } from './zip-error.js';

export type CompressionMethod = 'store' | 'deflate';

/**
 * The field beside the DOS time that says an entry's time exactly: Info-ZIP's (`unix`), that of NTFS (APPNOTE 4.5.5),
 * or none (`dos`). A record names the one that its headers have: it cannot be told from the time that is read.
 */
export type TimeField = 'unix' | 'ntfs' | 'dos';

/** What the headers of one entry say. A plain object that survives JSON. */
export interface EntryFacts {
  readonly name: string;
  readonly method: CompressionMethod;
  /** CRC-32 of the content. Headers of encrypted entries carry 0 instead (AE-2). */
  readonly crc32: number;
  /** Bytes that follow the local header: stored or deflated content, plus 28 when encrypted. */
  readonly compressedSizeBytes: number;
  /** Bytes of the content itself. */
  readonly sizeBytes: number;
  /** ISO 8601, of any year. An entry that was read has what its headers can hold: whole seconds, from 1601 on. */
  readonly modifiedAt: string;
  /** What the headers tell the time with; absent: what `modifiedAt` calls for. */
  readonly timeField?: TimeField;
  readonly encrypted: boolean;
  /**
   * CRC-32 of the compressed bytes, in the central header only (`hasCompressedCrc32`). Known once they have been
   * emitted; archives of other writers have none.
   */
  readonly compressedCrc32?: number;
}

/**
 * True for entries that carry a checksum of their compressed bytes. In a deflate stream, bits can flip without changing
 * the content, which its CRC-32 does not notice. Stored and authenticated contents have no such bits.
 */
export function hasCompressedCrc32({ method, encrypted }: Pick<EntryFacts, 'method' | 'encrypted'>): boolean {
  return method === 'deflate' && !encrypted;
}

/** An entry's facts and place: all that a central directory needs of it. */
export interface EntryRecord extends EntryFacts {
  /** Where the local header begins, in bytes from the start of the segment. */
  readonly offset: number;
}

/** Throws `INVALID_ENTRY` unless the value is a whole number of bytes that JavaScript represents exactly. */
export function checkByteCount(value: number, what: string, entryName: string): void {
  if (Number.isSafeInteger(value) && value >= 0) return;
  throw new ZipError('INVALID_ENTRY', `${what} of ${entryName} is ${value}, expected a whole number of bytes`, {
    entryName,
  });
}
