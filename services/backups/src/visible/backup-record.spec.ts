import type { Access, BackupView } from '@account-backups/contracts';
import type { BackupEntity } from '../rows/backup.entity.js';
import { backupRecord } from './backup-record.js';

const access = { account: { accountId: 'lab' }, user: { userId: 'otto', name: 'Otto' } } as Access;
const backup = { backupId: 'b', completedAt: new Date('2026-03-02T08:31:12Z') } as BackupEntity;
const now = new Date('2026-04-01T00:00:00Z');
const view = {
  status: 'expired',
  archive: { sizeBytes: 9, sha256: 'ab', fileName: 'a.zip' },
  downloadExpiresAt: '2026-03-16T08:31:12.000Z',
  documentCount: 0,
  exceptionCount: 0,
} as BackupView;

describe('backupRecord', () => {
  it('tells of an archive that is gone', () => {
    const record = backupRecord(backup, view, access, now);
    expect(record).toMatchObject({ status: 'expired', archive: view.archive, askedBy: access.user });
    expect(record.completedAt).toBe('2026-03-02T08:31:12.000Z');
  });

  it.each(['pending', 'in_progress', 'cancelled', 'failed'] as const)('refuses one that is %s', (status) => {
    expect(() => backupRecord(backup, { ...view, status }, access, now)).toThrow(
      expect.objectContaining({ code: 'BACKUP_NOT_COMPLETED' }),
    );
  });
});
