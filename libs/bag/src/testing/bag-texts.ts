import type { ArchiveRecord } from '../record/archive-record.js';
import type { BagText } from '../record/bag-text.js';

/** A text of the bag, piece by piece: a record's rows at a time. */
export function* pieces(text: BagText, records: Iterable<ArchiveRecord>): Generator<string, void, undefined> {
  yield text.head();
  for (const record of records) yield text.rows(record);
  yield text.foot();
}

export function whole(text: BagText, records: readonly ArchiveRecord[]): string {
  return [...pieces(text, records)].join('');
}
