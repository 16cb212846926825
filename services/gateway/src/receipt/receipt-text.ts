import { RECEIPT_FORMAT, type BackupRecord, type Receipt, type Reply } from '@account-backups/contracts';

export interface ReceiptFacts {
  readonly record: BackupRecord;
  readonly chainHead: Reply<'downloads.get-chain-head'>;
  readonly issuedAt: Date;
}

/** The exact text that is signed: one line of JSON, its fields in this order. */
export function receiptText(facts: ReceiptFacts): string {
  return JSON.stringify(receiptOf(facts));
}

function receiptOf({ record, chainHead, issuedAt }: ReceiptFacts): Receipt {
  const { account, scope, archive } = record;
  return {
    format: RECEIPT_FORMAT,
    issuedAt: issuedAt.toISOString(),
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
  };
}
