import { isUniqueViolation } from '@account-backups/database';
import { Injectable } from '@nestjs/common';
import { DataSource, type Repository } from 'typeorm';
import { ChainWriter } from '../chains/chain-writer.js';
import type { DownloadLink, Link, LinkContent } from '../rows/link.js';
import { LINK_COLUMNS } from '../rows/link-columns.js';
import { LinkEntity } from '../rows/link.entity.js';

/** A row of `links` as a statement gives it: a bigint comes as text. */
type LinkRow = Omit<DownloadLink, 'sequence'> & { readonly sequence: string };

function asLink(row: LinkRow): DownloadLink {
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

  constructor(
    private readonly database: DataSource,
    private readonly writer: ChainWriter,
  ) {
    this.links = database.getRepository(LinkEntity);
  }

  /**
   * Adds to the end of the account's chain, one link at a time. Does not add again a download that has started, or what
   * a range has already reported.
   */
  async append(content: LinkContent): Promise<void> {
    try {
      await this.database.transaction((manager) => this.writer.append(manager, content));
    } catch (error) {
      if (!isUniqueViolation(error, 'links_once') && !isUniqueViolation(error, 'links_started_once')) throw error;
    }
  }

  async findStart({ accountId, backupId, downloadId }: DownloadIds): Promise<DownloadLink | null> {
    const link = await this.links.findOneBy({ accountId, downloadId, backupId, kind: 'started' });
    return link && Object.assign(link, { backupId, downloadId });
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
  async startsBefore(
    accountId: string,
    backupId: string,
    page: { before: number; limit: number },
  ): Promise<DownloadLink[]> {
    const rows: LinkRow[] = await this.database.query(
      `SELECT ${LINK_COLUMNS}, payload FROM download_audit.links
       WHERE account_id = $1 AND backup_id = $2 AND kind = 'started' AND sequence < $3
       ORDER BY sequence DESC LIMIT $4`,
      [accountId, backupId, page.before, page.limit],
    );
    return rows.map(asLink);
  }

  /** The links of the ranges of each of these downloads, in order. */
  async rangesOf(accountId: string, downloadIds: readonly string[]): Promise<ReadonlyMap<string, readonly Link[]>> {
    const rows: LinkRow[] = await this.database.query(
      `SELECT ${LINK_COLUMNS}, payload FROM download_audit.links
       WHERE account_id = $1 AND download_id = ANY($2::uuid[]) AND kind LIKE 'range%' ORDER BY sequence`,
      [accountId, downloadIds],
    );
    const ranges = new Map<string, Link[]>(downloadIds.map((downloadId) => [downloadId, []]));
    for (const row of rows) ranges.get(row.downloadId)?.push(asLink(row));
    return ranges;
  }
}
