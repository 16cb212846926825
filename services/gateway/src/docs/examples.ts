import type { BackupView } from '@account-backups/contracts';

interface Example {
  readonly body?: object;
  readonly reply?: object;
}

const ids = {
  backupId: '0199b7a0-4c1e-7d52-9a3b-5f0f6a3e0c9b',
  downloadId: '0199c2f4-8a10-7e61-b2d7-1c2f2a0b7d11',
};
const ada = { userId: 'ada', name: 'Ada Lovelace' };
const options = { includeActive: true, includeInactive: false, excludeSuperseded: true };

const pending: BackupView = {
  backupId: ids.backupId,
  status: 'pending',
  createdAt: '2026-03-02T08:15:00.000Z',
  createdBy: ada,
  downloadExpiresAt: null,
  allOrgUnits: false,
  orgUnits: [{ orgUnitId: 'chemistry', name: 'Chemistry' }],
  orgUnitCount: 1,
  options,
  passwordProtected: true,
  documentCount: null,
  exceptionCount: null,
  progress: null,
  waitingFor: null,
  waitingSince: null,
  archive: null,
  failure: null,
  actions: { cancel: true, download: false },
};

const completed: BackupView = {
  ...pending,
  status: 'completed',
  downloadExpiresAt: '2026-03-16T08:31:12.000Z',
  documentCount: 412,
  exceptionCount: 0,
  exceptionCounts: { documents: 0, files: 0 },
  archive: {
    sizeBytes: 734_003_200,
    sha256: '9f86d081884c7d659a2feaa0c55ad015a3bf4f1b2b0b822cd15d6c15b0f00a08',
    fileName: 'northfield-2026-03-02.zip',
  },
  actions: { cancel: false, download: true },
};

const request = { orgUnitIds: ['chemistry'], ...options };

/** By `operationId`; held to the schemas by a test. */
export const examples: Readonly<Record<string, Example>> = {
  listSessions: {
    reply: {
      items: [
        {
          sessionId: '3f1c8e52-7b0d-4f6a-9c35-2f8f5a1d9e07',
          startedAt: '2026-03-02T07:58:41.000Z',
          lastSeenAt: '2026-03-02T08:15:00.000Z',
          ipAddress: '203.0.113.7',
          userAgent: 'Mozilla/5.0 (X11; Linux x86_64; rv:148.0) Gecko/20100101 Firefox/148.0',
          current: true,
        },
      ],
      nextCursor: null,
    },
  },
  requestBackup: { body: { ...request, password: 'correct horse battery staple' }, reply: pending },
  estimateBackup: { body: request, reply: { documentCount: 412, fileCount: 655, sizeBytes: 912_261_120 } },
  listBackups: { reply: { items: [completed], nextCursor: null } },
  getBackup: { reply: completed },
  listOrgUnitsOfBackup: { reply: { items: pending.orgUnits, nextCursor: null } },
  cancelBackup: { reply: { ...pending, status: 'cancelled', actions: { cancel: false, download: false } } },
  beginDownload: {
    reply: {
      downloadId: ids.downloadId,
      url: `https://backups.example/api/v1/backups/${ids.backupId}/downloads/${ids.downloadId}/archive`,
      expiresAt: '2026-03-16T08:31:12.000Z',
    },
  },
  putDirectory: {
    body: {
      name: 'Northfield',
      timeZone: 'Europe/London',
      facilities: [{ facilityId: 'north', name: 'North' }],
      orgUnits: [{ orgUnitId: 'chemistry', name: 'Chemistry', facilityId: 'north' }],
      roles: [{ roleId: 'reader', name: 'Reader', permissions: ['Documents:Read'] }],
      users: [
        {
          ...ada,
          subject: 'auth0|5f2a',
          email: 'ada@northfield.example',
          active: true,
          siteAdmin: true,
          facilityAdminOf: [],
        },
      ],
      userGroups: [
        {
          userGroupId: 'editors',
          name: 'Editors',
          memberIds: ['ada'],
          grants: [{ roleId: 'administration-editor', orgUnitIds: ['chemistry'], includeSubUnits: true }],
        },
      ],
    },
    reply: { facilities: 1, orgUnits: 1, roles: 1, users: 1, userGroups: 1 },
  },
  registerDocuments: {
    reply: {
      accepted: 2,
      unchanged: 1,
      rejected: [],
      warnings: [
        {
          line: 2,
          code: 'OLDER_REVISION',
          message: 'revision 4 of document sop-001 changes nothing: revision 5 is known already',
          documentId: 'sop-001',
          found: 4,
          stored: 5,
        },
      ],
      warningCount: 1,
    },
  },
  deleteDocuments: { body: { documentIds: ['sop-001'] }, reply: { deleted: 1 } },
};
