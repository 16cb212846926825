import { isUniqueViolation } from '@account-backups/database';
import { Injectable } from '@nestjs/common';
import { DataSource, type EntityManager, type Repository } from 'typeorm';
import { EMPTY_CHAIN, linkAfter, type ChainHead, type Link, type LinkContent } from './link.js';
import { LinkEntity } from './link.entity.js';

/** A row of `links` as a statement gives it: a bigint comes as text. */
export type LinkRow = Omit<Link, 'sequence'> & { readonly sequence: string };

export const LINK_COLUMNS = `account_id AS "accountId", sequence, at, kind, backup_id AS "backupId",
  download_id AS "downloadId", transfer_id AS "transferId", payload, previous_hash AS "previousHash", hash`;

export function asLink(row: LinkRow): Link {
  return { ...row, sequence: Number(row.sequence) };
}

interface DownloadIds {
  readonly accountId: string;
  readonly backupId: string;
  readonly downloadId: string;
}

// Appending and paging are statements: through entities each took about twice the processor time.
@Injectable()
export class LinksRepository {
  private readonly links: Repository<LinkEntity>;

  constructor(private readonly database: DataSource) {
    this.links = database.getRepository(LinkEntity);
  }

  /**
   * Adds to the end of the account's chain, one link at a time. Does not add again a download that has started, or what
   * a range has already reported.
   */
  async append(content: LinkContent): Promise<void> {
    try {
      await this.database.transaction((manager) => appendWithin(manager, content));
    } catch (error) {
      if (!isUniqueViolation(error, 'links_once') && !isUniqueViolation(error, 'links_started_once')) throw error;
    }
  }

  findStart({ accountId, backupId, downloadId }: DownloadIds): Promise<Link | null> {
    return this.links.findOneBy({ accountId, downloadId, backupId, kind: 'started' });
  }

  findRange({ accountId, downloadId }: DownloadIds, transferId: string): Promise<Link | null> {
    return this.links.findOneBy({ accountId, transferId, downloadId, kind: 'range_begun' });
  }

  /** The first `limit` ranges of a download that have links. */
  begunRanges({ accountId, downloadId }: DownloadIds, limit: number): Promise<Link[]> {
    return this.links.find({
      where: { accountId, downloadId, kind: 'range_begun' },
      order: { sequence: 'ASC' },
      take: limit,
    });
  }

  /** Starts of downloads of a backup, before a place in the chain, the newest first. */
  async startsBefore(accountId: string, backupId: string, page: { before: number; limit: number }): Promise<Link[]> {
    const rows: LinkRow[] = await this.database.query(
      `SELECT ${LINK_COLUMNS} FROM download_audit.links
       WHERE account_id = $1 AND backup_id = $2 AND kind = 'started' AND sequence < $3
       ORDER BY sequence DESC LIMIT $4`,
      [accountId, backupId, page.before, page.limit],
    );
    return rows.map(asLink);
  }

  /** The links of the ranges of each of these downloads, in order. */
  async rangesOf(accountId: string, downloadIds: readonly string[]): Promise<ReadonlyMap<string, readonly Link[]>> {
    const rows: LinkRow[] = await this.database.query(
      `SELECT ${LINK_COLUMNS} FROM download_audit.links
       WHERE account_id = $1 AND download_id = ANY($2::uuid[]) AND kind LIKE 'range%' ORDER BY sequence`,
      [accountId, downloadIds],
    );
    const ranges = new Map<string, Link[]>(downloadIds.map((downloadId) => [downloadId, []]));
    for (const row of rows) ranges.get(row.downloadId)?.push(asLink(row));
    return ranges;
  }
}

export async function appendWithin(manager: EntityManager, content: LinkContent): Promise<void> {
  const link = linkAfter(await holdHead(manager, content.accountId), content);
  await manager.query(INSERT_LINK, valuesOf(link));
  const { accountId, sequence, hash } = link;
  await manager.query(UPDATE_HEAD, [accountId, sequence, hash]);
}

/** The head of the chain, locked: nobody else adds to the chain until the transaction ends. */
async function holdHead(manager: EntityManager, accountId: string): Promise<ChainHead> {
  await manager.query(
    `INSERT INTO download_audit.chains (account_id, sequence, hash) VALUES ($1, $2, $3)
     ON CONFLICT (account_id) DO NOTHING`,
    [accountId, EMPTY_CHAIN.sequence, EMPTY_CHAIN.hash],
  );
  const rows: { sequence: string; hash: string }[] = await manager.query(
    'SELECT sequence, hash FROM download_audit.chains WHERE account_id = $1 FOR UPDATE',
    [accountId],
  );
  return rows[0] ? { sequence: Number(rows[0].sequence), hash: rows[0].hash } : EMPTY_CHAIN;
}

function valuesOf(link: Link): unknown[] {
  const { accountId, sequence, at, kind, backupId, downloadId, transferId, payload, previousHash, hash } = link;
  return [accountId, sequence, at, kind, backupId, downloadId, transferId, JSON.stringify(payload), previousHash, hash];
}

const INSERT_LINK = `
  INSERT INTO download_audit.links
    (account_id, sequence, at, kind, backup_id, download_id, transfer_id, payload, previous_hash, hash)
  VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10)`;
const UPDATE_HEAD = 'UPDATE download_audit.chains SET sequence = $2, hash = $3 WHERE account_id = $1';
