import type { PlannedDocument } from '../record/archive-record.js';
import { rowsOf, type BagText } from '../record/bag-text.js';

/** A text of the bag, piece by piece: a document's rows at a time. */
export function* pieces(text: BagText, planned: Iterable<PlannedDocument>): Generator<string, void, undefined> {
  yield text.head();
  for (const each of planned) yield rowsOf(text, each);
  yield text.foot();
}

export function whole(text: BagText, planned: readonly PlannedDocument[]): string {
  return [...pieces(text, planned)].join('');
}
