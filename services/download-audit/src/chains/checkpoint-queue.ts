// Keeps a timer, and the chains that grew since it last went off.
import { Injectable } from '@nestjs/common';

/** How long a chain may go on growing before its checkpoint is made. */
const WAIT_MS = 1_000;

/** Chains that grow, gathered for a second and told at once. */
@Injectable()
export class CheckpointQueue {
  private grown = new Set<string>();
  private timer: NodeJS.Timeout | undefined;
  private isClosed = false;
  private listener: (chainIds: readonly string[]) => Promise<unknown> = () => Promise.resolve();

  /** `listener` never rejects. While it works, the next ones gather. */
  onGrown(listener: (chainIds: readonly string[]) => Promise<unknown>): void {
    this.listener = listener;
  }

  add(chainId: string): void {
    if (this.isClosed) return;
    this.grown.add(chainId);
    this.timer ??= setTimeout(() => void this.tell(), WAIT_MS).unref();
  }

  /** What grows from then on is left to the next tick. */
  close(): void {
    this.isClosed = true;
    clearTimeout(this.timer);
    this.grown.clear();
  }

  private async tell(): Promise<void> {
    const chainIds = [...this.grown];
    this.grown = new Set();
    await this.listener(chainIds);
    this.timer = undefined;
    const [next] = this.grown;
    if (next !== undefined) this.add(next);
  }
}
