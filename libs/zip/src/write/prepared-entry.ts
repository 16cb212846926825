import { contentOf, type Frame } from '../aes/frame.js';
import { localHeader } from '../format/entry-header.js';
import type { EntryFacts } from '../format/entry-record.js';

/** An entry with everything settled but its place, ready to be written into a segment. */
export interface PreparedEntry {
  readonly facts: EntryFacts;
  /** Exact bytes of local header and payload: what a segment grows by. */
  readonly sizeBytes: number;
  /** True when all content has been read and checked: `bytes()` then fails only if the source changes meanwhile. */
  readonly verified: boolean;
  /** True when nothing else uses the memory of the chunks of `bytes()`: `discard` may free it. */
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
  /** In memory, with room for the header before it; or a stream. */
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

// One chunk instead of two: with many small files, their number sets the speed.
function withHeader(header: Buffer, frame: Frame): Buffer {
  const entry = contentOf(frame, header.length);
  header.copy(entry);
  return entry;
}
