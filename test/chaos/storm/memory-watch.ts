import { MIB } from '@account-backups/contracts';
import type { Replica } from './replica.js';

const EVERY_MS = 15_000;
const WARM_MS = 300_000;

/** The resident memory of all services together: after five minutes, and at the end. */
export class MemoryWatch {
  private warmMib: number | undefined;
  private mostMib = 0;
  private readonly startedAt = performance.now();
  private readonly timer: NodeJS.Timeout;

  constructor(private readonly replicas: readonly Replica[]) {
    this.timer = setInterval(() => this.look(), EVERY_MS);
  }

  end(): { warmMib: number | undefined; endMib: number; mostMib: number } {
    clearInterval(this.timer);
    const endMib = this.look();
    return { warmMib: this.warmMib, endMib, mostMib: this.mostMib };
  }

  private look(): number {
    const mib = Math.round(this.replicas.reduce((sum, replica) => sum + replica.residentBytes(), 0) / MIB);
    this.mostMib = Math.max(this.mostMib, mib);
    if (performance.now() - this.startedAt >= WARM_MS) this.warmMib ??= mib;
    return mib;
  }
}
