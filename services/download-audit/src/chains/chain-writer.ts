import { Injectable, Logger } from '@nestjs/common';
import type { EntityManager } from 'typeorm';
import { AuditKeys, type Mac, type MacedHead } from './audit-keys.js';
import type { KeptHead } from './chain-check.js';
import { CheckpointQueue } from './checkpoint-queue.js';
import { EMPTY_CHAIN, linkAfter, type Link, type LinkContent } from '../rows/link.js';

/** Adds links to chains: the one place that does. */
@Injectable()
export class ChainWriter {
  private readonly logger = new Logger(ChainWriter.name);

  constructor(
    private readonly keys: AuditKeys,
    private readonly queue: CheckpointQueue,
  ) {}

  /** Adds a link as part of a transaction, to the end of the account's chain, which it holds until then. */
  async append(manager: EntityManager, content: LinkContent): Promise<void> {
    const { accountId } = content;
    const head = await holdHead(manager, accountId);
    const link = linkAfter(head, content);
    await manager.query(INSERT_LINK, valuesOf(link, this.keys.macOfLink(link)));
    const { sequence, hash } = link;
    const next = { accountId, sequence, hash, brokenAt: head.brokenAt ?? (await this.breakBefore(manager, head)) };
    await updateHead(manager, next, this.keys.macOfHead(next));
    this.queue.add(accountId);
  }

  /** Where the chain goes on from a head that the audit did not write; null where it did. Nobody is refused for it. */
  private async breakBefore(manager: EntityManager, head: KeptHead): Promise<number | null> {
    if (this.keys.isMacOfHead(head, head) || (await isFormerHead(manager, head))) return null;
    const { accountId, sequence } = head;
    this.logger.error({ event: 'chain.broken', accountId, sequence: sequence + 1, message: 'its head was replaced' });
    return sequence + 1;
  }
}

/** Whether a head has no code because its last link was written before there were keys, or there is none. */
export async function isFormerHead(manager: EntityManager, { accountId, sequence, mac }: KeptHead): Promise<boolean> {
  if (mac !== null) return false;
  if (sequence === 0) return true;
  const rows: unknown[] = await manager.query(
    `SELECT FROM download_audit.links LEFT JOIN download_audit.former_macs USING (account_id, sequence)
     WHERE account_id = $1 AND sequence = $2 AND links.mac IS NULL AND former_macs.mac IS NULL`,
    [accountId, sequence],
  );
  return rows.length > 0;
}

/** The head of the chain, locked: nobody else adds to the chain until the transaction ends. */
export async function holdHead(manager: EntityManager, accountId: string): Promise<KeptHead> {
  await manager.query(
    `INSERT INTO download_audit.chains (account_id, sequence, hash) VALUES ($1, $2, $3)
     ON CONFLICT (account_id) DO NOTHING`,
    [accountId, EMPTY_CHAIN.sequence, EMPTY_CHAIN.hash],
  );
  const rows: HeadRow[] = await manager.query(
    `SELECT sequence, hash, broken_at AS "brokenAt", key_id AS "keyId", mac
     FROM download_audit.chains WHERE account_id = $1 FOR UPDATE`,
    [accountId],
  );
  const [row] = rows;
  if (!row) return { ...EMPTY_CHAIN, accountId, brokenAt: null, keyId: null, mac: null };
  const brokenAt = row.brokenAt === null ? null : Number(row.brokenAt);
  return { ...row, accountId, sequence: Number(row.sequence), brokenAt };
}

export async function updateHead(manager: EntityManager, head: MacedHead, { keyId, mac }: Mac): Promise<void> {
  const { accountId, sequence, hash, brokenAt } = head;
  await manager.query(UPDATE_HEAD, [accountId, sequence, hash, brokenAt, keyId, mac]);
}

type HeadRow = Mac & { readonly sequence: string; readonly hash: string; readonly brokenAt: string | null };

function valuesOf(link: Link, { keyId, mac }: Mac): unknown[] {
  const { accountId, sequence, at, kind, backupId, downloadId, transferId, payload, previousHash, hash } = link;
  const said = [accountId, sequence, at, kind, backupId, downloadId, transferId, JSON.stringify(payload)];
  return [...said, previousHash, hash, keyId, mac];
}

const INSERT_LINK = `
  INSERT INTO download_audit.links
    (account_id, sequence, at, kind, backup_id, download_id, transfer_id, payload, previous_hash, hash, key_id, mac)
  VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12)`;
const UPDATE_HEAD = `
  UPDATE download_audit.chains SET sequence = $2, hash = $3, broken_at = $4, key_id = $5, mac = $6
  WHERE account_id = $1`;
