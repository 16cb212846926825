import type { BackupView } from '@account-backups/contracts';
import type { BackupEntity } from './backup.entity.js';

/** A row as people and programs see it at `now`. */
export function backupView(backup: BackupEntity, now: Date): BackupView {
  // Exact to the second, though the row itself says Expired only after the next tick.
  const lapsed = backup.status === 'completed' && backup.expiresAt !== null && backup.expiresAt <= now;
  const status = lapsed ? 'expired' : backup.status;
  return {
    backupId: backup.backupId,
    status,
    createdAt: backup.createdAt.toISOString(),
    createdBy: { userId: backup.requestedById, name: backup.requestedByName },
    downloadExpiresAt: backup.expiresAt?.toISOString() ?? null,
    allOrgUnits: backup.allOrgUnits,
    orgUnits: backup.scope.orgUnits.map(({ orgUnitId, name }) => ({ orgUnitId, name })),
    options: {
      includeActive: backup.includeActive,
      includeInactive: backup.includeInactive,
      excludeSuperseded: backup.excludeSuperseded,
    },
    passwordProtected: backup.passwordProtected,
    documentCount: backup.documentCount ?? backup.ofDocuments,
    exceptionCount: backup.exceptionCount,
    progress: status === 'in_progress' ? progressOf(backup, now) : null,
    archive: archiveOf(backup),
    failure: backup.failureCode && { code: backup.failureCode, message: backup.failureMessage ?? '' },
    actions: { cancel: status === 'pending', download: status === 'completed' },
  };
}

function progressOf(backup: BackupEntity, now: Date): BackupView['progress'] {
  const sizeBytes = backup.progressBytes ?? 0;
  const ofSizeBytes = backup.ofBytes ?? 0;
  return {
    documents: backup.progressDocuments ?? 0,
    sizeBytes,
    ofDocuments: backup.ofDocuments ?? 0,
    ofSizeBytes,
    secondsLeft: secondsLeft(backup.firstProgressAt, now, { done: sizeBytes, all: ofSizeBytes }),
  };
}

/** Seconds left if the rest goes as fast as what was done since the build began; null while that is a guess. */
export function secondsLeft(since: Date | null, now: Date, bytes: { done: number; all: number }): number | null {
  if (since === null || bytes.done === 0) return null;
  const elapsedMs = Math.max(0, now.getTime() - since.getTime());
  return Math.ceil((elapsedMs * Math.max(0, bytes.all - bytes.done)) / bytes.done / 1_000);
}

function archiveOf(backup: BackupEntity): BackupView['archive'] {
  const { archiveBytes, archiveSha256, fileName } = backup;
  if (archiveBytes === null || archiveSha256 === null || fileName === null) return null;
  return { sizeBytes: archiveBytes, sha256: archiveSha256, fileName };
}
