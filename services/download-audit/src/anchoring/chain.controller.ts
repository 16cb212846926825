import type { Payload, Reply } from '@account-backups/contracts';
import { OnRequest } from '@account-backups/messaging';
import { Controller } from '@nestjs/common';
import { ChainService } from './chain.service.js';
import { CheckpointService } from './checkpoint.service.js';

@Controller()
export class ChainController {
  constructor(
    private readonly chains: ChainService,
    private readonly checkpoints: CheckpointService,
  ) {}

  @OnRequest('downloads.get-chain-head')
  getChainHead(payload: Payload<'downloads.get-chain-head'>): Promise<Reply<'downloads.get-chain-head'>> {
    return this.chains.getChainHead(payload);
  }

  @OnRequest('downloads.verify-chain')
  verifyChain(payload: Payload<'downloads.verify-chain'>): Promise<Reply<'downloads.verify-chain'>> {
    return this.chains.verifyChain(payload);
  }

  @OnRequest('downloads.make-checkpoint')
  makeCheckpoint(payload: Payload<'downloads.make-checkpoint'>): Promise<Reply<'downloads.make-checkpoint'>> {
    return this.checkpoints.makeCheckpoint(payload);
  }

  @OnRequest('downloads.get-checkpoint-verifier')
  async getVerifier(): Promise<Reply<'downloads.get-checkpoint-verifier'>> {
    return this.checkpoints.getVerifier();
  }
}
