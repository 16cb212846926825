import { AppError, type Payload, type Reply } from '@account-backups/contracts';
import { Readiness } from '@account-backups/service-kit';
import { Injectable, Logger, type OnApplicationShutdown } from '@nestjs/common';
import { AuditKeys } from '../chains/audit-keys.js';
import { ChainsRepository } from '../chains/chains.repository.js';
import { CheckpointQueue } from '../chains/checkpoint-queue.js';
import { CheckpointStore } from './checkpoint.store.js';
import type { Checkpoint } from '../notes/checkpoint.js';
import type { ChainFault } from '../chains/chain-check.js';
import { FormerMacsRepository } from '../chains/former-macs.repository.js';

const PAGE_CHAINS = 100;

/** What the store says of a chain: what its checkpoints state, and where one cannot be believed. */
interface KeptCheckpoints {
  readonly checkpoints: readonly Checkpoint[];
  readonly fault: ChainFault | null;
}

/** Makes checkpoints of chains that grew. While the store is away, chains grow on, and theirs are made later. */
@Injectable()
export class CheckpointService implements OnApplicationShutdown {
  private readonly logger = new Logger(CheckpointService.name);
  private fault: string | null = null;
  private isCatchingUp = false;

  constructor(
    private readonly chains: ChainsRepository,
    private readonly formerMacs: FormerMacsRepository,
    private readonly store: CheckpointStore,
    private readonly keys: AuditKeys,
    private readonly queue: CheckpointQueue,
    readiness: Readiness,
  ) {
    queue.onGrown((chainIds) => this.makeEach(chainIds));
    readiness.tell('checkpoints', () => ({ fault: this.fault }));
  }

  onApplicationShutdown(): void {
    this.queue.close();
  }

  async makeCheckpoint({ accountId }: Payload<'downloads.make-checkpoint'>) {
    return { checkpoint: await this.make(accountId) };
  }

  getVerifier(): Reply<'downloads.get-checkpoint-verifier'> {
    return { verifier: this.keys.verifier() };
  }

  /** Makes up for what a process that died, or the store, did not get to. Safe to repeat. */
  async catchUp(): Promise<void> {
    if (this.isCatchingUp) return;
    this.isCatchingUp = true;
    try {
      let after = '';
      for (;;) {
        const grown = await this.chains.grown(after, PAGE_CHAINS);
        const last = grown.at(-1);
        if (!(await this.makeEach(grown)) || last === undefined || grown.length < PAGE_CHAINS) return;
        after = last;
      }
    } finally {
      this.isCatchingUp = false;
    }
  }

  /** What the store has of a chain; a chain that has none yet is taken as it is. */
  async kept(chainId: string): Promise<KeptCheckpoints> {
    const sizes = await this.store.sizes(chainId);
    if (sizes.length === 0) await this.formerMacs.adopt(chainId);
    const checkpoints: Checkpoint[] = [];
    for (const size of sizes) {
      const note = await this.store.read(chainId, size);
      if (note === null) continue; // Thinned out meanwhile.
      const checkpoint = this.keys.read(chainId, note);
      if (checkpoint?.sequence !== size) {
        const message = `the checkpoint of ${size} in the store is not signed by the audit`;
        return { checkpoints, fault: { sequence: size, message } };
      }
      checkpoints.push(checkpoint);
    }
    return { checkpoints, fault: null };
  }

  private async make(chainId: string): Promise<string> {
    const sizes = await this.store.sizes(chainId);
    if (sizes.length === 0) await this.formerMacs.adopt(chainId);
    const head = await this.chains.head(chainId);
    const { sequence: size, hash } = head;
    const text = this.keys.checkpoint(chainId, head);
    const isMet = this.keys.isOwnHead(head) && (await this.isKept(chainId, { size, text, hash }, sizes));
    await this.chains.noteCheckpoint(chainId, size);
    if (isMet) return text;
    throw new AppError('AUDIT_CHAIN_BROKEN', `the head of the chain ${chainId}, ${size}, is not as it was written`);
  }

  private async isKept(
    chainId: string,
    { hash, ...note }: { readonly size: number; readonly text: string; readonly hash: string },
    sizes: readonly number[],
  ): Promise<boolean> {
    if (!sizes.includes(note.size) && (await this.store.add(chainId, note, sizes))) return true;
    const there = await this.store.read(chainId, note.size);
    return there === null || this.keys.read(chainId, there)?.hash === hash;
  }

  /** False where the store is away: the others would fail, too. */
  private async makeEach(chainIds: readonly string[]): Promise<boolean> {
    for (const chainId of chainIds) {
      try {
        await this.make(chainId);
        this.noteMade();
      } catch (error) {
        if (!AppError.is(error, 'AUDIT_CHAIN_BROKEN')) {
          this.noteFailed(error);
          return false;
        }
        this.logger.error({ event: 'chain.broken', chainId, error });
      }
    }
    return true;
  }

  private noteMade(): void {
    if (this.fault !== null) this.logger.log({ event: 'checkpoints.resumed' });
    this.fault = null;
  }

  private noteFailed(error: unknown): void {
    if (this.fault === null) this.logger.warn({ event: 'checkpoints.waiting', error });
    this.fault = error instanceof Error ? error.message : 'the store failed';
  }
}
