// The audit's links as they lie in the database, and their hashes by the format of services/download-audit/README.md,
// written anew: SHA-256 of canonical JSON of all that a link says and of the hash before it.
import { createHash } from 'node:crypto';
import { rowsOf } from './database.js';
import { canonical } from './evidence.js';

export interface AuditLink {
  readonly accountId: string;
  readonly sequence: number;
  readonly at: Date;
  readonly kind: 'started' | 'range_begun' | 'range_ended' | 'range_lost' | 'tallied' | 'recorded';
  readonly backupId: string | null;
  readonly downloadId: string | null;
  readonly transferId: string | null;
  readonly payload: Readonly<Record<string, unknown>>;
  readonly previousHash: string;
  readonly hash: string;
}

/** One of a download. */
export interface DownloadLink extends AuditLink {
  readonly backupId: string;
  readonly downloadId: string;
}

export function isOfDownload(link: AuditLink): link is DownloadLink {
  return link.downloadId !== null;
}

export interface AuditHead {
  readonly accountId: string;
  readonly sequence: number;
  readonly hash: string;
}

export async function auditLinks(databaseUrl: string): Promise<readonly AuditLink[]> {
  const rows = await rowsOf<Omit<AuditLink, 'sequence'> & { sequence: string }>(databaseUrl, LINKS);
  return rows.map((row) => ({ ...row, sequence: Number(row.sequence) }));
}

export async function auditHeads(databaseUrl: string): Promise<readonly AuditHead[]> {
  const rows = await rowsOf<{ accountId: string; sequence: string; hash: string }>(databaseUrl, HEADS);
  return rows.map((row) => ({ ...row, sequence: Number(row.sequence) }));
}

export function hashOfLink(link: AuditLink): string {
  const { hash: _own, at, ...said } = link;
  return createHash('sha256')
    .update(canonical({ ...said, at: at.toISOString() }))
    .digest('hex');
}

const LINKS = `
  SELECT account_id AS "accountId", sequence, at, kind, backup_id AS "backupId", download_id AS "downloadId",
    transfer_id AS "transferId", payload, previous_hash AS "previousHash", hash
  FROM download_audit.links ORDER BY account_id, sequence`;

const HEADS = 'SELECT account_id AS "accountId", sequence, hash FROM download_audit.chains';
