import { centralDirectory, placed, prepareEntry, SegmentWriter, type PlacedRecord } from '@account-backups/zip';
import { closingEntries, type ClosingFacts, type Records } from './closing-entries.js';

export interface ArchiveEnd {
  readonly facts: ClosingFacts;
  readonly records: Records;
  /** The documents' files: their entries with their places, and the bytes they take from the archive's start. */
  readonly earlier: { readonly placed: () => AsyncIterable<PlacedRecord>; readonly sizeBytes: number };
  readonly password: string | undefined;
  readonly signal: AbortSignal;
}

const TEXT_BUFFER_BYTES = 1_048_576;

/** What follows the documents' files: the bag's own files, then the central directory. Memory: a page of each. */
export async function* archiveEnd({ facts, records, earlier, password, signal }: ArchiveEnd): AsyncGenerator<Buffer> {
  const writer = new SegmentWriter();
  const options = { ...(password !== undefined && { password }), bufferBytes: TEXT_BUFFER_BYTES };
  for (const entry of await closingEntries(facts, records)) {
    signal.throwIfAborted();
    yield* writer.write([await prepareEntry(entry, options)]);
  }
  yield* centralDirectory(all(earlier, writer), earlier.sizeBytes + writer.sizeBytes);
}

async function* all(earlier: ArchiveEnd['earlier'], writer: SegmentWriter): AsyncGenerator<PlacedRecord> {
  yield* earlier.placed();
  yield* placed(writer.records, earlier.sizeBytes);
}
