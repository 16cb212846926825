import { centralDirectory, placed } from './central-directory.js';
import type { EntrySource } from './entry-source.js';
import { prepareInOrder, type PrefetchOptions } from './prepare-in-order.js';
import type { PreparedEntry } from './prepared-entry.js';
import { SegmentWriter } from './segment-writer.js';

/**
 * A whole archive in one go: one segment and its central directory. Throws at the first bad source; to leave bad
 * sources out, use `prepareInOrder` and `SegmentWriter`.
 */
export async function* writeArchive(
  sources: AsyncIterable<EntrySource> | Iterable<EntrySource>,
  options: PrefetchOptions = {},
): AsyncGenerator<Buffer> {
  const segment = new SegmentWriter();
  yield* segment.write(preparedOrThrow(sources, options));
  yield* centralDirectory(placed(segment.records, 0), segment.sizeBytes);
}

/** Prepared entries in order; throws at the first bad source. */
export async function* preparedOrThrow(
  sources: AsyncIterable<EntrySource> | Iterable<EntrySource>,
  options: PrefetchOptions,
): AsyncGenerator<PreparedEntry> {
  for await (const { entry, error } of prepareInOrder(sources, options)) {
    if (error) throw error;
    yield entry;
  }
}
