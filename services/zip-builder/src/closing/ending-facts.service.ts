import type { ArchiveTally } from '@account-backups/bag';
import { Bus } from '@account-backups/messaging';
import { Clock } from '@account-backups/service-kit';
import { Injectable } from '@nestjs/common';
import type { BuildFacts } from '../builds/build-facts.js';
import type { ClosingFacts } from './closing-entries.js';

/** Gathers what an archive says about itself once its files are written. */
@Injectable()
export class EndingFacts {
  constructor(
    private readonly bus: Bus,
    private readonly clock: Clock,
  ) {}

  async of(
    accountId: string,
    facts: Pick<BuildFacts, 'archive' | 'scope'>,
    tally: ArchiveTally,
  ): Promise<ClosingFacts> {
    const { sequence, hash, checkpoint } = await this.bus.request('downloads.get-chain-head', { accountId });
    return {
      archive: { ...facts.archive, tally },
      scope: facts.scope,
      builtAt: (await this.clock.now()).toISOString(),
      auditChainHead: { sequence, sha256: hash },
      auditCheckpoint: checkpoint ?? null,
    };
  }
}
