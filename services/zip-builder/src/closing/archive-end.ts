import { centralDirectory, placed, SegmentWriter, type PlacedRecord } from '@account-backups/zip';
import { closingEntries, type ClosingFacts } from './closing-entries.js';
import type { TextPieces } from '../texts/text-pieces.js';

interface ArchiveEnd {
  readonly facts: ClosingFacts;
  readonly rows: TextPieces;
  /** The documents' files: their entries with their places, and the bytes they take from the archive's start. */
  readonly earlier: { readonly placed: () => AsyncIterable<PlacedRecord>; readonly sizeBytes: number };
  readonly password: string | undefined;
  readonly signal: AbortSignal;
}

/** What follows the documents' files: the bag's own files, then the central directory. Memory: a few pieces of each. */
export async function* archiveEnd({ facts, rows, earlier, password, signal }: ArchiveEnd): AsyncGenerator<Buffer> {
  const writer = new SegmentWriter();
  for await (const chunk of writer.write(closingEntries(facts, rows, password))) {
    signal.throwIfAborted();
    yield chunk;
  }
  yield* centralDirectory(all(earlier, writer), earlier.sizeBytes + writer.sizeBytes);
}

async function* all(earlier: ArchiveEnd['earlier'], writer: SegmentWriter): AsyncGenerator<PlacedRecord> {
  yield* earlier.placed();
  yield* placed(writer.records, earlier.sizeBytes);
}
