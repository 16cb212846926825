import { AppError, type BackupView, type DownloadableArchive } from '@account-backups/contracts';
import type { BackupEntity } from '../rows/backup.entity.js';

/** Where the archive lies and until when; throws `BACKUP_EXPIRED` or `BACKUP_NOT_COMPLETED` when there is none. */
export function downloadableArchive(backup: BackupEntity, view: BackupView, userName: string): DownloadableArchive {
  if (view.status === 'expired') throw new AppError('BACKUP_EXPIRED', `backup ${backup.backupId} has expired`);
  const { archive, downloadExpiresAt } = view;
  if (view.status !== 'completed' || !archive || !downloadExpiresAt || !backup.objectKey || !backup.completedAt) {
    throw new AppError('BACKUP_NOT_COMPLETED', `backup ${backup.backupId} is ${view.status}, expected completed`);
  }
  return {
    backupId: backup.backupId,
    userName,
    objectKey: backup.objectKey,
    ...archive,
    completedAt: backup.completedAt.toISOString(),
    expiresAt: downloadExpiresAt,
  };
}
