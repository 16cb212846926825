import { AppError, type Payload, type Reply } from '@account-backups/contracts';
import { Injectable, Logger } from '@nestjs/common';
import { AuditKeys } from '../chains/audit-keys.js';
import type { ChainFault } from '../chains/chain-check.js';
import { ChainsRepository } from '../chains/chains.repository.js';
import { CheckpointService } from './checkpoint.service.js';
import type { Checkpoint } from '../notes/checkpoint.js';

@Injectable()
export class ChainService {
  private readonly logger = new Logger(ChainService.name);

  constructor(
    private readonly chains: ChainsRepository,
    private readonly checkpoints: CheckpointService,
    private readonly keys: AuditKeys,
  ) {}

  /** With a checkpoint of it, unless the head was written by somebody else, or before there were keys. */
  async getChainHead({ accountId }: Payload<'downloads.get-chain-head'>): Promise<Reply<'downloads.get-chain-head'>> {
    const head = await this.chains.head(accountId);
    const { sequence, hash } = head;
    return { sequence, hash, checkpoint: this.keys.isOwnHead(head) ? this.keys.checkpoint(accountId, head) : null };
  }

  /** Compares with the checkpoints that are given, else with all in the store. */
  async verifyChain(asked: Payload<'downloads.verify-chain'>): Promise<Reply<'downloads.verify-chain'>> {
    const { accountId, checkpoints } = asked;
    // Read before the chain: it only grows.
    const kept = checkpoints ? this.readAll(accountId, checkpoints) : await this.inStore(accountId);
    const { links, head, fault } = await this.chains.check(accountId, kept.checkpoints);
    const { sequence, hash } = head;
    const first = earliest(fault, kept.fault);
    if (first === null && 'away' in kept) throw kept.away;
    if (first) this.logger.error({ event: 'chain.broken', accountId, ...first });
    return { links, head: { sequence, hash }, fault: first };
  }

  private readAll(chainId: string, notes: readonly string[]) {
    const checkpoints = notes.map((note, at): Checkpoint => {
      const checkpoint = this.keys.read(chainId, note);
      if (checkpoint) return checkpoint;
      const expected = `expected a checkpoint of ${chainId} that a key of the audit has signed`;
      throw new AppError('VALIDATION_FAILED', `checkpoint ${at + 1}: ${expected}`);
    });
    return { checkpoints, fault: null };
  }

  /** Where the store is away, what the database alone shows is told; without a fault nobody may call it unbroken. */
  private async inStore(chainId: string) {
    try {
      return await this.checkpoints.kept(chainId);
    } catch (error) {
      if (!AppError.is(error, 'OBJECT_STORE_UNAVAILABLE')) throw error;
      return { checkpoints: [], fault: null, away: error };
    }
  }
}

function earliest(one: ChainFault | null, other: ChainFault | null): ChainFault | null {
  if (one === null || other === null) return one ?? other;
  return one.sequence <= other.sequence ? one : other;
}
