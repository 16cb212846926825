import { ZipError } from './zip-error.js';

export type CompressionMethod = 'store' | 'deflate';

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
  /** ISO 8601. */
  readonly modifiedAt: string;
  readonly encrypted: boolean;
  /**
   * CRC-32 of the compressed bytes, in the central header alone; see `hasCompressedCrc32`. Known once they have been
   * emitted, and absent from archives of other writers.
   */
  readonly compressedCrc32?: number;
}

/**
 * Which entries carry a checksum of their compressed bytes. A deflate stream has bits that change nothing in what it
 * says, so that the content's checksum does not see them turn; a stored content and an authenticated one have none.
 */
export function hasCompressedCrc32({ method, encrypted }: Pick<EntryFacts, 'method' | 'encrypted'>): boolean {
  return method === 'deflate' && !encrypted;
}

/** The facts and where the entry lies: all that a central directory needs of an entry. */
export interface EntryRecord extends EntryFacts {
  /** Where the local header begins, in bytes from the start of the segment. */
  readonly offset: number;
}

/** Throws `INVALID_ENTRY` unless the value is a count of bytes that JavaScript holds exactly. */
export function checkByteCount(value: number, what: string, entryName: string): void {
  if (Number.isSafeInteger(value) && value >= 0) return;
  throw new ZipError('INVALID_ENTRY', `${what} of ${entryName} is ${value}, expected a whole number of bytes`, {
    entryName,
  });
}
