import type { ArchiveCounts, BackupView } from '@account-backups/contracts';
import type { ShownBackup } from '../rows/shown-backup.js';
import { silentSince } from '../rows/silence.js';

/** A row as people and programs see it at `now`. */
export function backupView(backup: ShownBackup, now: Date): BackupView {
  // Exact to the second, though the row itself becomes expired only with the next tick.
  const lapsed = backup.status === 'completed' && backup.expiresAt !== null && backup.expiresAt <= now;
  const status = lapsed ? 'expired' : backup.status;
  const wait = waitOf(backup, status, now);
  return {
    backupId: backup.backupId,
    status,
    createdAt: backup.createdAt.toISOString(),
    createdBy: { userId: backup.requestedById, name: backup.requestedByName },
    downloadExpiresAt: backup.expiresAt?.toISOString() ?? null,
    allOrgUnits: backup.allOrgUnits,
    orgUnits: backup.orgUnits.map(({ orgUnitId, name }) => ({ orgUnitId, name })),
    orgUnitCount: backup.orgUnitCount,
    options: {
      includeActive: backup.includeActive,
      includeInactive: backup.includeInactive,
      excludeSuperseded: backup.excludeSuperseded,
    },
    passwordProtected: backup.passwordProtected,
    documentCount: backup.documentCount ?? backup.ofDocuments,
    exceptionCount: backup.exceptionCount,
    ...(backup.counts && { exceptionCounts: exceptionCountsOf(backup.counts) }),
    progress: status === 'in_progress' ? progressOf(backup, wait.waitingFor === null ? now : null) : null,
    ...wait,
    archive: archiveOf(backup),
    failure: backup.failureCode && { code: backup.failureCode, message: backup.failureMessage ?? '' },
    actions: { cancel: status === 'pending', download: status === 'completed' },
  };
}

function exceptionCountsOf({ documents, files }: ArchiveCounts): BackupView['exceptionCounts'] {
  return { documents: documents.exceptions, files: files.exceptions };
}

/** What a running backup waits for; for a builder when none has said anything for a while. */
function waitOf(
  { waitingFor, waitingSince, heardAt }: ShownBackup,
  status: BackupView['status'],
  now: Date,
): Pick<BackupView, 'waitingFor' | 'waitingSince'> {
  if (status !== 'in_progress') return { waitingFor: null, waitingSince: null };
  if (waitingFor) return { waitingFor, waitingSince: waitingSince?.toISOString() ?? null };
  if (heardAt && heardAt < silentSince(now)) return { waitingFor: 'builder', waitingSince: heardAt.toISOString() };
  return { waitingFor: null, waitingSince: null };
}

/** `goingOnAt` is null while it waits: then nobody knows the time left. */
function progressOf(backup: ShownBackup, goingOnAt: Date | null): BackupView['progress'] {
  const sizeBytes = backup.progressBytes ?? 0;
  const ofSizeBytes = backup.ofBytes ?? 0;
  return {
    documents: backup.progressDocuments ?? 0,
    sizeBytes,
    ofDocuments: backup.ofDocuments ?? 0,
    ofSizeBytes,
    secondsLeft: goingOnAt && secondsLeft(backup.firstProgressAt, goingOnAt, { done: sizeBytes, all: ofSizeBytes }),
  };
}

/** Seconds left at the average speed since the first progress; null while there is nothing to go by. */
function secondsLeft(since: Date | null, now: Date, bytes: { done: number; all: number }): number | null {
  if (since === null || bytes.done === 0) return null;
  const elapsedMs = Math.max(0, now.getTime() - since.getTime());
  return Math.ceil((elapsedMs * Math.max(0, bytes.all - bytes.done)) / bytes.done / 1_000);
}

function archiveOf(backup: ShownBackup): BackupView['archive'] {
  const { archiveBytes, archiveSha256, fileName } = backup;
  if (archiveBytes === null || archiveSha256 === null || fileName === null) return null;
  return { sizeBytes: archiveBytes, sha256: archiveSha256, fileName };
}
