import { BACKUP_ID } from './bag-archive.js';

const at = '2026-03-02T08:15:00.000Z';
const ada = { userId: 'ada', name: 'Ada' };

/** What a receipt states of an archive. */
export function statementOf(archive: { readonly sizeBytes: number; readonly sha256: string }) {
  return {
    format: 'account-backups-receipt/1',
    issuedAt: at,
    issuedTo: ada,
    account: { accountId: 'lab', name: 'Lab', timeZone: 'UTC' },
    backup: {
      backupId: BACKUP_ID,
      status: 'expired',
      requestedAt: at,
      requestedBy: ada,
      completedAt: at,
      downloadExpiresAt: at,
    },
    scope: {
      allOrgUnits: true,
      facilities: [],
      orgUnits: [],
      options: { includeActive: true, includeInactive: true, excludeSuperseded: false },
    },
    counts: { documents: 1, exceptions: 0 },
    archive: { fileName: 'a.zip', passwordProtected: false, ...archive },
    auditChainHead: { sequence: 0, sha256: '' },
  };
}
