import { AppError } from '@account-backups/contracts';
import { Clock } from '@account-backups/service-kit';
import { Inject, Injectable } from '@nestjs/common';
import type { Lease } from './builds.repository.js';
import { CONFIG, type ZipBuilderConfig } from './config.js';

type Extend = (until: Date) => Promise<boolean>;

/** Keeps claimed work this worker's own while it lasts, and stops the work when it is not any more. */
@Injectable()
export class LeaseKeeper {
  private readonly leaseMs: number;

  constructor(
    private readonly clock: Clock,
    @Inject(CONFIG) config: Pick<ZipBuilderConfig, 'LEASE_SECONDS'>,
  ) {
    this.leaseMs = config.LEASE_SECONDS * 1_000;
  }

  /** A lease from now on. */
  next(): Lease {
    const now = this.clock.now();
    return { now, until: new Date(now.getTime() + this.leaseMs) };
  }

  /**
   * Runs `work`, extending its lease three times as often as it lasts. The signal is aborted with `LEASE_LOST` when
   * another worker has taken over, or when the lease ran out because it could not be extended.
   */
  async hold<T>(extend: Extend, work: (signal: AbortSignal) => Promise<T>): Promise<T> {
    const lost = new AbortController();
    let endsAt = this.next().until.getTime();
    const beat = async () => {
      const { until } = this.next();
      const kept = await extend(until);
      if (!kept) lost.abort(leaseLost('another worker has it'));
      endsAt = until.getTime();
    };
    const timer = setInterval(() => {
      beat().catch((cause: unknown) => {
        if (this.clock.now().getTime() >= endsAt) lost.abort(leaseLost('it could not be extended', cause));
      });
    }, this.leaseMs / 3);
    try {
      return await work(lost.signal);
    } finally {
      clearInterval(timer);
    }
  }
}

function leaseLost(why: string, cause?: unknown): AppError {
  return new AppError('LEASE_LOST', `the work is not this worker's any more: ${why}`, { cause });
}
