import { centralDirectory, type PlacedRecord } from './central-directory.js';
import type { EntryRecord } from './entry-record.js';
import type { EntrySource } from './entry-source.js';
import { prepareInOrder, type PrefetchOptions } from './prepare-in-order.js';
import type { PreparedEntry } from './prepared-entry.js';
import { SegmentWriter } from './segment-writer.js';

/**
 * A whole archive from one place: one segment and its central directory. Ends with the first bad source's error; to
 * leave bad sources out, use `prepareInOrder` and `SegmentWriter`.
 */
export async function* writeArchive(
  sources: AsyncIterable<EntrySource> | Iterable<EntrySource>,
  options: PrefetchOptions = {},
): AsyncGenerator<Buffer> {
  const segment = new SegmentWriter();
  yield* segment.write(preparedOrThrow(sources, options));
  yield* centralDirectory(placed(segment.records, 0), segment.sizeBytes);
}

/** The records of a segment that begins `segmentBaseOffset` bytes after the archive's start. */
export function* placed(records: Iterable<EntryRecord>, segmentBaseOffset: number): Generator<PlacedRecord> {
  for (const record of records) yield { segmentBaseOffset, record };
}

/** Entries in order; ends with the first bad source's error. */
export async function* preparedOrThrow(
  sources: AsyncIterable<EntrySource> | Iterable<EntrySource>,
  options: PrefetchOptions,
): AsyncGenerator<PreparedEntry> {
  for await (const { entry, error } of prepareInOrder(sources, options)) {
    if (error) throw error;
    yield entry;
  }
}
