import type { Payload, Reply } from '@account-backups/contracts';
import { Injectable } from '@nestjs/common';
import { entryOf } from './entry-of.js';
import { TrailRepository } from './trail.repository.js';

/** What other services tell the audit, and what an auditor reads of it. */
@Injectable()
export class TrailService {
  constructor(private readonly trail: TrailRepository) {}

  /** Each on its own: those before one that fails are kept, and told again with it. */
  async record({ records }: Payload<'trail.record'>): Promise<Reply<'trail.record'>> {
    for (const { chainId: accountId, at, ...payload } of records) {
      const noDownload = { backupId: null, downloadId: null, transferId: null };
      await this.trail.append({ accountId, at: new Date(at), kind: 'recorded', ...noDownload, payload });
    }
    return {};
  }

  async list({ chainId, afterSequence, limit }: Payload<'trail.list'>): Promise<Reply<'trail.list'>> {
    const found = await this.trail.linksAfter(chainId, afterSequence, limit);
    return { entries: found.map(({ link, ...surroundings }) => entryOf(link, surroundings)) };
  }
}
