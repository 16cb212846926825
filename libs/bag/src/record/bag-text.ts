import type { ArchiveRecord } from './archive-record.js';

/**
 * A text file of the bag that grows with the documents. All three parts are pure: the same records always give the same
 * text, whichever process writes it. UTF-8.
 */
export interface BagText {
  /** From the bag's root. */
  readonly path: string;
  head(): string;
  rows(record: ArchiveRecord): string;
  foot(): string;
}
