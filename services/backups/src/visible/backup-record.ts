import { AppError, type Access, type BackupRecord, type BackupView } from '@account-backups/contracts';
import type { BackupEntity } from '../rows/backup.entity.js';

/** What proves what a finished backup held; throws `BACKUP_NOT_COMPLETED` for any other. */
export function backupRecord(
  backup: BackupEntity,
  view: BackupView,
  { account, user }: Access,
  askedAt: Date,
): BackupRecord {
  const { status, archive, downloadExpiresAt, documentCount, exceptionCount } = view;
  const isFinished = status === 'completed' || status === 'expired';
  const isWhole = archive && downloadExpiresAt && backup.completedAt && documentCount !== null;
  if (!isFinished || !isWhole || exceptionCount === null) {
    throw new AppError('BACKUP_NOT_COMPLETED', `backup ${backup.backupId} is ${status}, expected completed or expired`);
  }
  return {
    backupId: backup.backupId,
    status,
    account,
    requestedAt: view.createdAt,
    requestedBy: view.createdBy,
    completedAt: backup.completedAt.toISOString(),
    downloadExpiresAt,
    allOrgUnits: backup.allOrgUnits,
    scope: backup.scope,
    options: view.options,
    passwordProtected: backup.passwordProtected,
    documentCount,
    exceptionCount,
    counts: backup.counts,
    archive,
    askedBy: user,
    askedAt: askedAt.toISOString(),
  };
}
