import type { ArchiveException, ArchiveRecord, PlannedDocument } from './archive-record.js';

/**
 * A text file of the bag that grows with the documents. All three parts are pure: the same records always give the same
 * text, whichever process writes it. UTF-8.
 */
export interface BagText {
  /** From the bag's root. */
  readonly path: string;
  head(): string;
  rows(record: ArchiveRecord): string;
  /** What it says of a document that has no place in the archive; nothing unless it has this. */
  absentRows?(exception: ArchiveException): string;
  foot(): string;
}

/** What a planned document adds to a text. */
export function rowsOf(text: BagText, planned: PlannedDocument): string {
  return 'absent' in planned ? (text.absentRows?.(planned.absent) ?? '') : text.rows(planned);
}
