import type { ArchiveTally } from '@account-backups/bag';
import type { PartRef } from '@account-backups/object-store';
import type { DeflatedPiece } from '@account-backups/zip';

/** What building a segment left behind. JSON-able. */
export interface SegmentResult {
  /** Its bytes in the upload, in order; empty when all of it is in the tail. */
  readonly parts: readonly PartRef[];
  /** The object that holds the tail: bytes too few to be a part, written when the archive is closed. */
  readonly tailKey: string | null;
  readonly sizeBytes: number;
  /** Where the entries' records lie. */
  readonly recordKey: string;
  /** What became of its documents and files. */
  readonly tally: ArchiveTally;
  /** The object that holds its pieces of the growing texts, one after another, and what is known of each piece. */
  readonly textsKey: string;
  readonly texts: readonly DeflatedPiece[];
}
