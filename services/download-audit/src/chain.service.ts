import type { Payload, Reply } from '@account-backups/contracts';
import { Injectable, Logger } from '@nestjs/common';
import { ChainsRepository } from './chains.repository.js';

@Injectable()
export class ChainService {
  private readonly logger = new Logger(ChainService.name);

  constructor(private readonly chains: ChainsRepository) {}

  getChainHead({ accountId }: Payload<'downloads.get-chain-head'>): Promise<Reply<'downloads.get-chain-head'>> {
    return this.chains.head(accountId);
  }

  async verifyChain({ accountId }: Payload<'downloads.verify-chain'>): Promise<Reply<'downloads.verify-chain'>> {
    const checked = await this.chains.check(accountId);
    if (checked.fault) this.logger.error({ event: 'chain.broken', accountId, ...checked.fault });
    return checked;
  }
}
