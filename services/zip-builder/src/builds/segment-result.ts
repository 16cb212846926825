import type { ArchiveTally } from '@account-backups/bag';
import type { PartRef } from '@account-backups/object-store';
import type { DeflatedPiece } from '@account-backups/zip';

/** What a built segment left. JSON-able. */
export interface SegmentResult {
  /** Its bytes in the upload, in order; empty when all of it is in the tail. */
  readonly parts: readonly PartRef[];
  /** A segment that came out smaller than a part may be: its bytes lie in an object of their own, for the closer. */
  readonly tailKey: string | null;
  readonly sizeBytes: number;
  /** Where the entries' records lie. */
  readonly recordKey: string;
  /** What became of its documents and files. */
  readonly tally: ArchiveTally;
  /** Where its rows of the growing texts lie, deflated, one after another; and what is known of each. */
  readonly textsKey: string;
  readonly texts: readonly DeflatedPiece[];
}
