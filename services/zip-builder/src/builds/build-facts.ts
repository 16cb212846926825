import type { ArchiveFacts } from '@account-backups/bag';
import type { PermittedOrgUnits } from '@account-backups/contracts';

/** What planning found out, for everyone who works on the archive. JSON-able. */
export interface BuildFacts {
  /** What the pages of the archive say; its tally covers what was left out and planned. */
  readonly archive: ArchiveFacts;
  readonly scope: PermittedOrgUnits;
  readonly fileName: string;
  readonly documentCount: number;
  /** Bytes of the documents' files. */
  readonly sizeBytes: number;
  readonly segmentCount: number;
  /** Size of a part of the multipart upload; the last one of a segment may be up to 5 MiB larger. */
  readonly partBytes: number;
  /** The first part number that is reserved for closing. */
  readonly closingPart: number;
}
