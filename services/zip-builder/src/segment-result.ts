import type { PartRef } from '@account-backups/object-store';

/** What a built segment left. JSON-able. */
export interface SegmentResult {
  /** Its bytes in the upload, in order; empty when all of it is in the tail. */
  readonly parts: readonly PartRef[];
  /** A segment that came out smaller than a part may be: its bytes lie in an object of their own, for the closer. */
  readonly tailKey: string | null;
  readonly sizeBytes: number;
  /** Where the entries' records and the failures lie. */
  readonly recordKey: string;
}
