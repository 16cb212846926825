import { RECEIPT_FORMAT, type BackupRecord, type Receipt, type Reply } from '@account-backups/contracts';

interface ReceiptFacts {
  readonly record: BackupRecord;
  readonly chainHead: Reply<'downloads.get-chain-head'>;
}

/** The exact text that is signed: one line of JSON, its fields in this order. */
export function receiptText(facts: ReceiptFacts): string {
  return JSON.stringify(receiptOf(facts));
}

function receiptOf({ record, chainHead }: ReceiptFacts): Receipt {
  const { account, scope, archive } = record;
  return {
    format: RECEIPT_FORMAT,
    // A release of `backups` that does not tell the time yet leaves only this machine's.
    issuedAt: record.askedAt ?? new Date().toISOString(),
    issuedTo: record.askedBy,
    account: { accountId: account.accountId, name: account.name, timeZone: account.timeZone },
    backup: {
      backupId: record.backupId,
      status: record.status,
      requestedAt: record.requestedAt,
      requestedBy: record.requestedBy,
      completedAt: record.completedAt,
      downloadExpiresAt: record.downloadExpiresAt,
    },
    scope: { allOrgUnits: record.allOrgUnits, ...scope, options: record.options },
    counts: { documents: record.documentCount, exceptions: record.exceptionCount, accounted: record.counts },
    archive: {
      fileName: archive.fileName,
      sizeBytes: archive.sizeBytes,
      sha256: archive.sha256,
      passwordProtected: record.passwordProtected,
    },
    auditChainHead: { sequence: chainHead.sequence, sha256: chainHead.hash },
    auditCheckpoint: chainHead.checkpoint ?? null,
  };
}
