import type { ArchiveRecord } from './archive-record.js';

/**
 * A text file of the bag that grows with the documents. All three parts are pure: the same records give the same text,
 * so a closer may measure it in one pass and write it in another. UTF-8.
 */
export interface BagText {
  /** From the bag's root. */
  readonly path: string;
  head(): string;
  rows(record: ArchiveRecord): string;
  foot(): string;
}

const CHUNK_LENGTH = 64 * 1024;

/** The whole text in chunks of about 64 Ki characters; never splits a surrogate pair. Memory: one record, one chunk. */
export async function* textChunks(
  text: BagText,
  records: AsyncIterable<ArchiveRecord> | Iterable<ArchiveRecord>,
): AsyncGenerator<string, void, undefined> {
  let chunk = text.head();
  for await (const record of records) {
    chunk += text.rows(record);
    if (chunk.length < CHUNK_LENGTH) continue;
    yield chunk;
    chunk = '';
  }
  yield chunk + text.foot();
}
