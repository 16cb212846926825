import { Injectable } from '@nestjs/common';
import { DataSource, type EntityManager } from 'typeorm';
import { AuditKeys } from './audit-keys.js';
import { ChainEntity } from '../rows/chain.entity.js';
import { ChainCheck, type ChainFault, type KeptHead, type KeptLink } from './chain-check.js';
import type { Checkpoint } from '../notes/checkpoint.js';
import { EMPTY_CHAIN } from '../rows/link.js';
import { LINK_COLUMNS } from '../rows/link-columns.js';

interface CheckedChain {
  readonly links: number;
  readonly head: KeptHead;
  readonly fault: ChainFault | null;
}

type LinkRow = Omit<KeptLink, 'sequence' | 'payload'> & { readonly sequence: string };

const PAGE_LINKS = 1_000;

@Injectable()
export class ChainsRepository {
  constructor(
    private readonly database: DataSource,
    private readonly keys: AuditKeys,
  ) {}

  head(chainId: string): Promise<KeptHead> {
    return headOf(this.database.manager, chainId);
  }

  /** Follows the whole chain, page by page in one snapshot, so links that are added meanwhile do not matter. */
  async check(chainId: string, checkpoints: readonly Checkpoint[]): Promise<CheckedChain> {
    return this.database.transaction('REPEATABLE READ', async (manager) => {
      const head = await headOf(manager, chainId);
      const check = new ChainCheck({ keys: this.keys, checkpoints });
      const broken = check.begin();
      if (broken) return { links: 0, head, fault: broken };
      for await (const links of pagesOf(manager, chainId)) {
        for (const link of links) {
          const fault = check.take(link);
          if (fault) return { links: check.links, head, fault };
        }
      }
      return { links: check.links, head, fault: check.end(head) };
    });
  }

  /** Chains that have grown since their last checkpoint, the first `limit` behind `after`. */
  async grown(after: string, limit: number): Promise<readonly string[]> {
    const rows: { chainId: string }[] = await this.database.query(
      `SELECT account_id AS "chainId" FROM download_audit.chains
       WHERE checkpoint_sequence < sequence AND account_id > $1 ORDER BY account_id LIMIT $2`,
      [after, limit],
    );
    return rows.map(({ chainId }) => chainId);
  }

  /** Notes up to where a chain has been looked at; what was noted further stays. */
  async noteCheckpoint(chainId: string, sequence: number): Promise<void> {
    await this.database.query(
      `UPDATE download_audit.chains SET checkpoint_sequence = $2 WHERE account_id = $1 AND checkpoint_sequence < $2`,
      [chainId, sequence],
    );
  }
}

async function headOf(manager: EntityManager, accountId: string): Promise<KeptHead> {
  const head = await manager.findOneBy(ChainEntity, { accountId });
  if (!head) return { ...EMPTY_CHAIN, accountId, brokenAt: null, keyId: null, mac: null };
  const { sequence, hash, brokenAt, keyId, mac } = head;
  return { accountId, sequence, hash, brokenAt, keyId, mac };
}

// A statement: a chain may have a million links, none of which need become an entity.
async function* pagesOf(manager: EntityManager, accountId: string): AsyncGenerator<readonly KeptLink[]> {
  let after: string | null = null;
  for (;;) {
    const rows: LinkRow[] = await manager.query(
      `SELECT ${LINK_COLUMNS}, payload::text AS "payloadText", extract(microseconds FROM at)::int % 1000 AS microseconds,
         coalesce(links.key_id, former_macs.key_id) AS "keyId", coalesce(links.mac, former_macs.mac) AS mac
       FROM download_audit.links LEFT JOIN download_audit.former_macs USING (account_id, sequence)
       WHERE account_id = $1 AND ($2::bigint IS NULL OR sequence > $2::bigint)
       ORDER BY sequence LIMIT $3`,
      [accountId, after, PAGE_LINKS],
    );
    yield rows.map(keptLink);
    const last = rows.at(-1);
    if (!last || rows.length < PAGE_LINKS) return;
    after = last.sequence;
  }
}

function keptLink(row: LinkRow): KeptLink {
  return { ...row, sequence: Number(row.sequence), payload: JSON.parse(row.payloadText) as object };
}
