import { AppError, type ArchiveCounts } from '@account-backups/contracts';
import type { ArchiveRecord, PlannedDocument } from './archive-record.js';
import { fileSlots } from './file-slots.js';
import type { ExclusionReason } from './selection.js';

/** How many there were, and what happened to them. */
interface Count {
  readonly expected: number;
  readonly included: number;
  readonly excluded: Readonly<Record<ExclusionReason, number>>;
  readonly exceptions: number;
}

/** JSON-able. Versions and files are those of the documents that were looked at one by one. */
export interface ArchiveTally {
  readonly documents: Count;
  readonly versions: Count;
  readonly files: Count;
  /** Bytes of the included files. */
  readonly sizeBytes: number;
}

/** The counts alone, as `provenance.json`, a backup's row and its receipt have them. */
export function countsOf({ documents, versions, files }: ArchiveTally): ArchiveCounts {
  return { documents, versions, files };
}

const nothing: Count = { expected: 0, included: 0, excluded: { byActivity: 0, asSuperseded: 0 }, exceptions: 0 };

/** The tally of no document. */
export const emptyTally: ArchiveTally = { documents: nothing, versions: nothing, files: nothing, sizeBytes: 0 };

/** What one planned document adds. */
export function tallyPlanned(planned: PlannedDocument): ArchiveTally {
  return 'absent' in planned ? absent : tallyIncluded(planned);
}

/** What one document of the archive adds. Expected is taken from the register, included from the record. */
export function tallyIncluded(record: ArchiveRecord): ArchiveTally {
  const { document, files, exceptions } = record;
  const included = new Set(record.versionIds);
  const leftOut = document.versions.filter(({ versionId }) => !included.has(versionId));
  const slots = fileSlots(document.versions).length;
  return {
    documents: count({ expected: 1, included: 1 }),
    versions: count({
      expected: document.versions.length,
      included: record.versionIds.length,
      excluded: { byActivity: 0, asSuperseded: leftOut.length },
    }),
    files: count({
      expected: slots,
      included: files.length,
      excluded: { byActivity: 0, asSuperseded: fileSlots(leftOut).length },
      exceptions: exceptions.filter(({ fileId }) => fileId !== null).length,
    }),
    sizeBytes: files.reduce((sum, { sizeBytes }) => sum + sizeBytes, 0),
  };
}

const absent: ArchiveTally = { ...emptyTally, documents: count({ expected: 1, exceptions: 1 }) };

/** What is added by documents that the register left out: their number is all that is known. */
export function tallyUnseen(documents: number, reason: ExclusionReason): ArchiveTally {
  const excluded = { ...nothing.excluded, [reason]: documents };
  return { ...emptyTally, documents: count({ expected: documents, excluded }) };
}

export function addTallies(a: ArchiveTally, b: ArchiveTally): ArchiveTally {
  return {
    documents: addCounts(a.documents, b.documents),
    versions: addCounts(a.versions, b.versions),
    files: addCounts(a.files, b.files),
    sizeBytes: a.sizeBytes + b.sizeBytes,
  };
}

/** Throws `ARCHIVE_COUNTS_DIFFER` unless all that was expected is included, excluded by an option or an exception. */
export function assertAccountedFor({ documents, versions, files }: ArchiveTally): void {
  for (const [name, one] of Object.entries({ documents, versions, files })) {
    const { expected, included, excluded, exceptions } = one;
    const found = included + excluded.byActivity + excluded.asSuperseded + exceptions;
    if (found !== expected) {
      const message = `${found} ${name} are accounted for in the archive, expected ${expected}`;
      throw new AppError('ARCHIVE_COUNTS_DIFFER', message, { details: { [name]: one } });
    }
  }
}

function count(differences: Partial<Count>): Count {
  return { ...nothing, ...differences };
}

function addCounts(a: Count, b: Count): Count {
  return {
    expected: a.expected + b.expected,
    included: a.included + b.included,
    excluded: {
      byActivity: a.excluded.byActivity + b.excluded.byActivity,
      asSuperseded: a.excluded.asSuperseded + b.excluded.asSuperseded,
    },
    exceptions: a.exceptions + b.exceptions,
  };
}
