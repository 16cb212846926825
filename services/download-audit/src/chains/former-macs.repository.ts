import { Injectable } from '@nestjs/common';
import { DataSource } from 'typeorm';
import { AuditKeys, type MacedLink } from './audit-keys.js';
import { holdHead, isFormerHead, updateHead } from './chain-writer.js';

const PAGE_LINKS = 1_000;

/** Codes of links that were written before there were keys. They are made once, when a chain has no checkpoint yet. */
@Injectable()
export class FormerMacsRepository {
  constructor(
    private readonly database: DataSource,
    private readonly keys: AuditKeys,
  ) {}

  /** Takes a chain's former head and links as they are. Safe to repeat: what has a code keeps it. */
  async adopt(chainId: string): Promise<void> {
    await this.adoptHead(chainId);
    let after = 0;
    for (;;) {
      const links = await this.withoutMac(chainId, after);
      await this.add(links);
      const last = links.at(-1);
      if (!last || links.length < PAGE_LINKS) return;
      after = last.sequence;
    }
  }

  // Before the links: a head without a code, whose last link has one, is no former one.
  private async adoptHead(chainId: string): Promise<void> {
    const former = 'SELECT FROM download_audit.chains WHERE account_id = $1 AND mac IS NULL AND sequence > 0';
    const found: unknown[] = await this.database.query(former, [chainId]);
    if (found.length === 0) return;
    await this.database.transaction(async (manager) => {
      const head = await holdHead(manager, chainId);
      if (await isFormerHead(manager, head)) await updateHead(manager, head, this.keys.macOfHead(head));
    });
  }

  private async withoutMac(chainId: string, after: number): Promise<readonly MacedLink[]> {
    const rows: { sequence: string; hash: string }[] = await this.database.query(
      `SELECT sequence, links.hash
       FROM download_audit.links LEFT JOIN download_audit.former_macs USING (account_id, sequence)
       WHERE account_id = $1 AND sequence > $2 AND links.mac IS NULL AND former_macs.mac IS NULL
       ORDER BY sequence LIMIT $3`,
      [chainId, after, PAGE_LINKS],
    );
    return rows.map(({ sequence, hash }) => ({ accountId: chainId, sequence: Number(sequence), hash }));
  }

  private async add(links: readonly MacedLink[]): Promise<void> {
    const [first] = links;
    if (!first) return;
    const macs = links.map((link) => this.keys.macOfLink(link));
    await this.database.query(ADD_MACS, [
      first.accountId,
      links.map(({ sequence }) => sequence),
      macs.map(({ keyId }) => keyId),
      macs.map(({ mac }) => mac),
    ]);
  }
}

const ADD_MACS = `
  INSERT INTO download_audit.former_macs (account_id, sequence, key_id, mac)
  SELECT $1, sequence, key_id, mac FROM unnest($2::bigint[], $3::text[], $4::text[]) AS made (sequence, key_id, mac)
  ON CONFLICT (account_id, sequence) DO NOTHING`;
