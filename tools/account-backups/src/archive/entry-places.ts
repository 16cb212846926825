import type { EntryRecord } from '@account-backups/zip';

/** Bytes of a local header without its name and extra fields (APPNOTE 4.3.7). */
const MIN_HEADER_BYTES = 30;
/** RFC 1951: 258 bytes for the two bits of a match. */
const MAX_DEFLATE_RATIO = 1_032;
/** Salt, verifier and authentication code of AE-2. */
const ENCRYPTION_BYTES = 28;

/**
 * Which entries may be read, before any is: those that share no byte with one before them and do not claim to hold
 * more than their bytes can. So all that is read of an archive is bounded by its size. Takes them in the order listed.
 */
export class EntryPlaces {
  private endsAt = 0;

  /** Why an entry may not be read; undefined if it may. */
  faultOf({ offset, compressedSizeBytes, ...entry }: EntryRecord): string | undefined {
    if (offset < this.endsAt) return `it begins at byte ${offset}, in an entry before it that ends at ${this.endsAt}`;
    this.endsAt = offset + MIN_HEADER_BYTES + Buffer.byteLength(entry.name) + compressedSizeBytes;
    const payloadBytes = compressedSizeBytes - (entry.encrypted ? ENCRYPTION_BYTES : 0);
    const mostBytes = entry.method === 'store' ? payloadBytes : payloadBytes * MAX_DEFLATE_RATIO;
    if (entry.sizeBytes <= mostBytes) return undefined;
    return `it states ${entry.sizeBytes} bytes, ${compressedSizeBytes} packed ones hold at most ${Math.max(0, mostBytes)}`;
  }
}
