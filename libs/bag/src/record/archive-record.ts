import type { RegisteredDocument, UnfiledDocument } from '@account-backups/contracts';

export type FileKind = 'main' | 'attachment';

/** A file with its place in the archive. */
export interface ArchivedFile {
  /** From the bag's root: `data/documents/…`. The ZIP entry is `<bag root>/<path>`. */
  readonly path: string;
  readonly versionId: string;
  readonly fileId: string;
  readonly kind: FileKind;
  /** As registered; empty where the host gave none. */
  readonly originalName: string;
  readonly mediaType: string | null;
  /** The version's time: what the ZIP entry carries. */
  readonly modifiedAt: string;
  readonly sizeBytes: number;
  readonly sha256: string;
  readonly crc32: number;
  readonly objectKey: string;
}

/** Something that belongs in the archive and is missing. */
export interface ArchiveException {
  readonly documentId: string;
  readonly versionId: string | null;
  readonly fileId: string | null;
  readonly originalName: string;
  /** Stable; `FILE_MISSING` and `ORG_UNIT_UNKNOWN` are ours, others come from the reader of the file. */
  readonly code: string;
  /** One sentence for a person. */
  readonly message: string;
}

/** All that the archive says about one document: the planner writes it down, the closer reads it again. JSON-able. */
export interface ArchiveRecord {
  readonly document: RegisteredDocument;
  /** The chosen OUs it is filed in, in the order of their paths; it is stored under the first. */
  readonly orgUnitIds: readonly string[];
  /** The versions that the options leave, in registered order. */
  readonly versionIds: readonly string[];
  readonly files: readonly ArchivedFile[];
  readonly exceptions: readonly ArchiveException[];
}

/** A document that has no place in the archive: the exception is all that the archive says of it. JSON-able. */
interface AbsentDocument {
  readonly absent: ArchiveException;
}

/** What a plan lists. */
export type PlannedDocument = ArchiveRecord | AbsentDocument;

/** The files that a planned document brings. */
export function filesOf(planned: PlannedDocument): readonly ArchivedFile[] {
  return 'absent' in planned ? [] : planned.files;
}

/** The exception code of a document that lies in no OU which is known. */
const ORG_UNIT_UNKNOWN = 'ORG_UNIT_UNKNOWN';

const TOLD_ORG_UNITS = 5;

export function unfiled({ documentId, title, orgUnitIds }: UnfiledDocument): AbsentDocument {
  const told = orgUnitIds.slice(0, TOLD_ORG_UNITS).join(', ');
  const others = orgUnitIds.length - TOLD_ORG_UNITS;
  const message =
    `“${title}” is filed under ${told}${others > 0 ? ` and ${others} others` : ''}: ` +
    'the account has no such organisational unit.';
  return {
    absent: { documentId, versionId: null, fileId: null, originalName: '', code: ORG_UNIT_UNKNOWN, message },
  };
}

/** The exception code of a file that is registered and whose content never came. */
export const FILE_MISSING = 'FILE_MISSING';

/** Why a planned file did not get into the archive. */
export interface FileFailure {
  readonly code: string;
  readonly message: string;
}

/** The record after the build: files whose path is among `failures` become exceptions. */
export function withFailures(record: ArchiveRecord, failures: ReadonlyMap<string, FileFailure>): ArchiveRecord {
  if (!record.files.some(({ path }) => failures.has(path))) return record;
  const failed = record.files.flatMap((file) => {
    const failure = failures.get(file.path);
    if (!failure) return [];
    const { versionId, fileId, originalName } = file;
    return [{ documentId: record.document.documentId, versionId, fileId, originalName, ...failure }];
  });
  return {
    ...record,
    files: record.files.filter(({ path }) => !failures.has(path)),
    exceptions: [...record.exceptions, ...failed],
  };
}
