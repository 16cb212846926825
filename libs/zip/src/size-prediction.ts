import { AE2_OVERHEAD_BYTES } from './aes/ae2.js';
import { endOfArchive } from './central-directory.js';
import { centralHeader, localHeader, localHeaderSize } from './entry-header.js';
import { hasCompressedCrc32, type EntryFacts } from './entry-record.js';

/** What the size of an entry in an archive depends on. */
export interface EntryShape {
  readonly name: string;
  readonly modifiedAt: Date;
  readonly sizeBytes: number;
  /** Bytes after deflate and before encryption; left out for a stored entry. */
  readonly deflatedSizeBytes?: number;
  /** Whether the archive has a password. */
  readonly encrypted?: boolean;
}

/** Exact bytes of local header and payload. Throws `INVALID_NAME`, `INVALID_ENTRY`. */
export function entrySize(shape: EntryShape): number {
  const facts = factsOf(shape);
  return localHeader(facts).length + facts.compressedSizeBytes;
}

/** Bytes of local header and payload of an entry that is in an archive. */
export function recordSize(record: EntryFacts): number {
  return localHeaderSize(record) + record.compressedSizeBytes;
}

/** Exact bytes of a segment of these entries. */
export function segmentSize(shapes: Iterable<EntryShape>): number {
  let sizeBytes = 0;
  for (const shape of shapes) sizeBytes += entrySize(shape);
  return sizeBytes;
}

/**
 * Exact bytes from the first central header to the archive's end, when the entries lie one after another in this order
 * from the archive's start.
 */
export function centralDirectorySize(shapes: Iterable<EntryShape>): number {
  const size = new ArchiveSize();
  for (const shape of shapes) size.add(shape);
  return size.directoryBytes;
}

/** Adds up an archive's size entry by entry, with flat memory. */
export class ArchiveSize {
  #entriesBytes = 0;
  #headersBytes = 0;
  #entryCount = 0;

  /** Takes the next entry in order; returns its own size as `entrySize` does. */
  add(shape: EntryShape): number {
    const facts = factsOf(shape);
    const sizeBytes = localHeader(facts).length + facts.compressedSizeBytes;
    this.#headersBytes += centralHeader(facts, this.#entriesBytes).length;
    this.#entriesBytes += sizeBytes;
    this.#entryCount += 1;
    return sizeBytes;
  }

  /** All segments together, which is where the central directory begins. */
  get entriesBytes(): number {
    return this.#entriesBytes;
  }

  /** Central directory and end records. */
  get directoryBytes(): number {
    const place = { offset: this.#entriesBytes, sizeBytes: this.#headersBytes, entryCount: this.#entryCount };
    return this.#headersBytes + endOfArchive(place).length;
  }

  get totalBytes(): number {
    return this.#entriesBytes + this.directoryBytes;
  }
}

function factsOf({ name, modifiedAt, sizeBytes, deflatedSizeBytes, encrypted = false }: EntryShape): EntryFacts {
  const enciphered = encrypted && sizeBytes > 0;
  const method = deflatedSizeBytes === undefined ? 'store' : 'deflate';
  return {
    name,
    method,
    crc32: 0,
    compressedSizeBytes: (deflatedSizeBytes ?? sizeBytes) + (enciphered ? AE2_OVERHEAD_BYTES : 0),
    sizeBytes,
    modifiedAt: modifiedAt.toISOString(),
    encrypted: enciphered,
    ...(hasCompressedCrc32({ method, encrypted: enciphered }) && { compressedCrc32: 0 }),
  };
}
