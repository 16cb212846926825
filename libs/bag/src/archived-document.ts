import type { VersionState } from '@account-backups/contracts';

/** A file of a version beside its main one. */
export interface ArchivedAttachment {
  readonly fileId: string;
  readonly fileName: string;
  readonly mediaType?: string | null;
}

export interface ArchivedVersion {
  readonly versionId: string;
  readonly number: string;
  readonly state: VersionState;
  /** ISO 8601 instant. */
  readonly createdAt: string;
  readonly authorisedAt?: string | null;
  readonly authorisedBy?: string | null;
  readonly fileId?: string | null;
  readonly fileName?: string | null;
  readonly mediaType?: string | null;
  readonly externalUrl?: string | null;
  readonly attachments: readonly ArchivedAttachment[];
}

/** A controlled document as the host system registered it; `RegisteredDocument` of contracts fits. */
export interface ArchivedDocument {
  readonly documentId: string;
  readonly index: string;
  readonly title: string;
  readonly type: string;
  readonly category?: string | null;
  readonly section?: string | null;
  readonly active: boolean;
  readonly orgUnitIds: readonly string[];
  readonly owners: readonly string[];
  readonly authors: readonly string[];
  readonly reviewFrequencyMonths?: number | null;
  /** A day (`YYYY-MM-DD`) or an instant. */
  readonly nextReviewAt?: string | null;
  readonly versions: readonly ArchivedVersion[];
}

/** What is known of a file's content; `FileContent` of contracts fits. */
export interface ArchivedContent {
  readonly fileId: string;
  readonly sizeBytes: number;
  /** Lower-case hex. */
  readonly sha256: string;
  readonly crc32: number;
  readonly objectKey?: string;
}
