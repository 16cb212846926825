import { isUniqueViolation } from '@account-backups/database';
import { Injectable } from '@nestjs/common';
import { DataSource } from 'typeorm';
import { ChainWriter } from '../chains/chain-writer.js';
import type { Link, LinkContent } from '../rows/link.js';
import { LINK_COLUMNS } from '../rows/link-columns.js';
import type { Surroundings } from './entry-of.js';

type Row = Omit<Link, 'sequence'> & Surroundings & { readonly sequence: string };

/** A link, and what belongs to it. */
interface FoundLink extends Surroundings {
  readonly link: Link;
}

@Injectable()
export class TrailRepository {
  constructor(
    private readonly database: DataSource,
    private readonly writer: ChainWriter,
  ) {}

  /** Adds a record to the end of its chain, unless it is in it. */
  async append(content: LinkContent): Promise<void> {
    try {
      await this.database.transaction((manager) => this.writer.append(manager, content));
    } catch (error) {
      if (!isUniqueViolation(error, 'links_recorded_once')) throw error;
    }
  }

  /** The first `limit` links of a chain behind a place in it. */
  async linksAfter(chainId: string, sequence: number, limit: number): Promise<readonly FoundLink[]> {
    const rows = await this.database.query<Row[]>(AFTER, [chainId, sequence, limit]);
    return rows.map(({ start, begun, ...link }) => ({
      link: { ...link, sequence: Number(link.sequence) },
      start,
      begun,
    }));
  }
}

const AFTER = `
  SELECT ${LINK_COLUMNS}, payload,
    (SELECT payload FROM download_audit.links AS start WHERE start.account_id = links.account_id
      AND start.download_id = links.download_id AND start.kind = 'started') AS start,
    (SELECT payload FROM download_audit.links AS begun WHERE begun.account_id = links.account_id
      AND begun.transfer_id = links.transfer_id AND begun.kind = 'range_begun') AS begun
  FROM download_audit.links WHERE account_id = $1 AND sequence > $2 ORDER BY sequence LIMIT $3`;
