import { FOLDER_RULE } from '../layout/org-unit-folders.js';
import type { ArchiveFacts } from '../record/archive-facts.js';
import { emptyTally } from '../record/archive-tally.js';

/** The facts of an archive without documents; a test names what should differ. */
export function someFacts(differences: Partial<ArchiveFacts> = {}): ArchiveFacts {
  return {
    bagRoot: 'northfield_20251123T160400Z_1a2b3c4d',
    backupId: '1a2b3c4d-0000-4000-8000-000000000000',
    account: { accountId: 'northfield', name: 'Northfield Hospitals', timeZone: 'Europe/London' },
    asAt: '2025-07-23T16:04:00.000Z',
    requestedAt: '2025-07-23T15:50:00.000Z',
    requestedBy: { userId: 'ada', name: 'Ada Hall' },
    allOrgUnits: true,
    options: { includeActive: true, includeInactive: false, excludeSuperseded: true },
    passwordProtected: false,
    folderRule: FOLDER_RULE,
    software: { name: 'Account Backups', version: '0.1.0' },
    tally: emptyTally,
    ...differences,
  };
}
