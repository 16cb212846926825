import { receipt, type BackupRecord } from '@account-backups/contracts';
import { receiptText } from './receipt-text.js';

const ada = { userId: 'ada', name: 'Ada "Countess" Lovelace' };
const accounted = { expected: 420, included: 412, excluded: { byActivity: 5, asSuperseded: 0 }, exceptions: 3 };
const record: BackupRecord = {
  backupId: '0199b7a0-4c1e-7d52-9a3b-5f0f6a3e0c9b',
  status: 'expired',
  account: { accountId: 'northfield', name: 'Northfield', timeZone: 'Europe/London', enterprise: true },
  requestedAt: '2026-03-02T08:15:00.000Z',
  requestedBy: ada,
  completedAt: '2026-03-02T08:31:12.000Z',
  downloadExpiresAt: '2026-03-16T08:31:12.000Z',
  allOrgUnits: false,
  scope: {
    facilities: [{ facilityId: 'north', name: 'North' }],
    orgUnits: [{ orgUnitId: 'chemistry', name: 'Chemistry', parentOrgUnitId: null, facilityId: 'north' }],
  },
  options: { includeActive: true, includeInactive: false, excludeSuperseded: true },
  passwordProtected: true,
  documentCount: 412,
  exceptionCount: 3,
  counts: { documents: accounted, versions: accounted, files: accounted },
  archive: { fileName: 'northfield.zip', sizeBytes: 734_003_200, sha256: 'ab'.repeat(32) },
  askedBy: { userId: 'otto', name: 'Otto' },
  askedAt: '2036-01-01T00:00:00.000Z',
};
const facts = {
  record,
  chainHead: { sequence: 7, hash: 'cd'.repeat(32), checkpoint: 'a note' },
};

describe('receiptText', () => {
  it('is one line that holds to the schema', () => {
    const text = receiptText(facts);
    expect(text).not.toContain('\n');
    expect(receipt.safeParse(JSON.parse(text)).error).toBeUndefined();
  });

  it('states who, when, scope, counts, checksum and the head of the audit chain', () => {
    expect(JSON.parse(receiptText(facts))).toMatchObject({
      issuedTo: { userId: 'otto' },
      backup: { status: 'expired', requestedBy: ada, completedAt: record.completedAt },
      scope: { orgUnits: record.scope.orgUnits, options: record.options },
      counts: { documents: 412, exceptions: 3, accounted: record.counts },
      archive: { ...record.archive, passwordProtected: true },
      auditChainHead: { sequence: 7, sha256: 'cd'.repeat(32) },
      auditCheckpoint: 'a note',
    });
  });

  it('is the same text for the same facts', () => {
    expect(receiptText(structuredClone(facts))).toBe(receiptText(facts));
  });
});
