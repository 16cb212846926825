import { Injectable } from '@nestjs/common';
import { DataSource, type EntityManager } from 'typeorm';
import { ChainEntity } from './chain.entity.js';
import { ChainCheck, type ChainFault } from './chain-check.js';
import { EMPTY_CHAIN, type ChainHead, type Link } from './link.js';
import { asLink, LINK_COLUMNS, type LinkRow } from './links.repository.js';

interface CheckedChain {
  readonly links: number;
  readonly head: ChainHead;
  readonly fault: ChainFault | null;
}

const PAGE_LINKS = 1_000;

@Injectable()
export class ChainsRepository {
  constructor(private readonly database: DataSource) {}

  head(accountId: string): Promise<ChainHead> {
    return headOf(this.database.manager, accountId);
  }

  /** Follows the whole chain, page by page in one snapshot, so links that are added meanwhile do not matter. */
  async check(accountId: string): Promise<CheckedChain> {
    return this.database.transaction('REPEATABLE READ', async (manager) => {
      const head = await headOf(manager, accountId);
      const check = new ChainCheck();
      for await (const links of pagesOf(manager, accountId)) {
        for (const link of links) {
          const fault = check.take(link);
          if (fault) return { links: check.links, head, fault };
        }
      }
      return { links: check.links, head, fault: check.end(head) };
    });
  }
}

async function headOf(manager: EntityManager, accountId: string): Promise<ChainHead> {
  const head = await manager.findOneBy(ChainEntity, { accountId });
  return head ? { sequence: head.sequence, hash: head.hash } : EMPTY_CHAIN;
}

// A statement: a chain may have a million links, none of which need become an entity.
async function* pagesOf(manager: EntityManager, accountId: string): AsyncGenerator<readonly Link[]> {
  let after: string | null = null;
  for (;;) {
    const rows: LinkRow[] = await manager.query(
      `SELECT ${LINK_COLUMNS} FROM download_audit.links
       WHERE account_id = $1 AND ($2::bigint IS NULL OR sequence > $2::bigint)
       ORDER BY sequence LIMIT $3`,
      [accountId, after, PAGE_LINKS],
    );
    yield rows.map(asLink);
    const last = rows.at(-1);
    if (!last || rows.length < PAGE_LINKS) return;
    after = last.sequence;
  }
}
