import { Injectable } from '@nestjs/common';
import { DataSource, type EntityManager } from 'typeorm';
import { ChainCheck, type ChainFault } from './chain-check.js';
import { EMPTY_CHAIN, type ChainHead } from './link.js';
import { asLink, LINK_COLUMNS, type LinkRow } from './links.repository.js';

export interface CheckedChain {
  readonly links: number;
  readonly head: ChainHead;
  readonly fault: ChainFault | null;
}

const PAGE = 1_000;

@Injectable()
export class ChainsRepository {
  constructor(private readonly database: DataSource) {}

  head(accountId: string): Promise<ChainHead> {
    return headOf(this.database.manager, accountId);
  }

  /** Follows the whole chain in pages, in one picture of it, so that links that are added meanwhile do not matter. */
  async check(accountId: string): Promise<CheckedChain> {
    return this.database.transaction('REPEATABLE READ', async (manager) => {
      const head = await headOf(manager, accountId);
      const check = new ChainCheck();
      for await (const rows of pagesOf(manager, accountId)) {
        for (const row of rows) {
          const fault = check.take(asLink(row));
          if (fault) return { links: check.links, head, fault };
        }
      }
      return { links: check.links, head, fault: check.end(head) };
    });
  }
}

async function headOf(manager: EntityManager, accountId: string): Promise<ChainHead> {
  const rows: { sequence: string; hash: string }[] = await manager.query(
    'SELECT sequence, hash FROM chains WHERE account_id = $1',
    [accountId],
  );
  return rows[0] ? { sequence: Number(rows[0].sequence), hash: rows[0].hash } : EMPTY_CHAIN;
}

async function* pagesOf(manager: EntityManager, accountId: string): AsyncGenerator<readonly LinkRow[]> {
  let after: string | null = null;
  for (;;) {
    const rows: LinkRow[] = await manager.query(
      `SELECT ${LINK_COLUMNS} FROM links WHERE account_id = $1 AND ($2::bigint IS NULL OR sequence > $2::bigint)
       ORDER BY sequence LIMIT $3`,
      [accountId, after, PAGE],
    );
    yield rows;
    const last = rows.at(-1);
    if (!last || rows.length < PAGE) return;
    after = last.sequence;
  }
}
