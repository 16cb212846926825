import { contentOf, type Frame } from './aes/frame.js';
import { localHeader } from './entry-header.js';
import type { EntryFacts } from './entry-record.js';

/** An entry of which everything is settled but the place: ready to be emitted into a segment. */
export interface PreparedEntry {
  readonly facts: EntryFacts;
  /** Exact: local header and payload, so what a segment grows by. */
  readonly sizeBytes: number;
  /** True when all content has been read and found right, so that emitting it fails only if it changes meanwhile. */
  readonly verified: boolean;
  /** True when nobody else uses the memory of the chunks of `bytes()`: `discard` may give it back. */
  readonly givesMemory: boolean;
  /** The entry's bytes. Throws the errors of `verifiedContent`. */
  readonly bytes: () => AsyncGenerator<Buffer>;
}

/** What follows an entry's local header. */
export interface Payload {
  readonly method: EntryFacts['method'];
  readonly sizeBytes: number;
  readonly verified: boolean;
  readonly givesMemory: boolean;
  /** All of it in memory, with room for the header before it; or a stream. */
  readonly content: Frame | (() => AsyncIterable<Buffer>);
}

/** Joins what the header says with the payload that follows it. */
export function readyEntry(facts: EntryFacts, { verified, givesMemory, content }: Payload): PreparedEntry {
  const header = localHeader(facts);
  async function* bytes(): AsyncGenerator<Buffer> {
    if (typeof content !== 'function') return yield withHeader(header, content);
    yield header;
    yield* content();
  }
  return { facts, sizeBytes: header.length + facts.compressedSizeBytes, verified, givesMemory, bytes };
}

// One chunk instead of two: an archive of many small files is bound by their number.
function withHeader(header: Buffer, frame: Frame): Buffer {
  const entry = contentOf(frame, header.length);
  header.copy(entry);
  return entry;
}
