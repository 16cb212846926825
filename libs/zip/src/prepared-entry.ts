import { encryptAe2, type Ae2Key } from './ae2.js';
import { localHeader } from './entry-header.js';
import type { EntryFacts } from './entry-record.js';
import { ZipError } from './zip-error.js';

/** An entry of which everything is settled but the place: ready to be emitted into a segment. */
export interface PreparedEntry {
  readonly facts: EntryFacts;
  /** Exact: local header and payload, so what a segment grows by. */
  readonly sizeBytes: number;
  /** True when all content has been read and found right, so that emitting it fails only if it changes meanwhile. */
  readonly verified: boolean;
  /** The entry's bytes, once. Throws the errors of `verifiedContent`, `ENTRY_ALREADY_WRITTEN`. */
  readonly bytes: () => AsyncGenerator<Buffer>;
}

/** A content as it goes into the archive, before encryption. */
export interface Payload {
  readonly method: EntryFacts['method'];
  readonly sizeBytes: number;
  readonly verified: boolean;
  readonly chunks: () => AsyncIterable<Buffer>;
}

/** Joins what the header says with the payload that follows it. */
export function readyEntry(facts: EntryFacts, payload: Payload, key: Ae2Key | undefined): PreparedEntry {
  const header = localHeader(facts);
  let begun = false;
  async function* bytes(): AsyncGenerator<Buffer> {
    if (begun) {
      // A second run could encipher other content with the same key, which gives both away.
      const message = `${facts.name} has been written already; prepare it again`;
      throw new ZipError('ENTRY_ALREADY_WRITTEN', message, { entryName: facts.name });
    }
    begun = true;
    yield header;
    yield* key ? encryptAe2(key, payload.chunks()) : payload.chunks();
  }
  return { facts, sizeBytes: header.length + facts.compressedSizeBytes, verified: payload.verified, bytes };
}
