import { setMaxListeners } from 'node:events';
import { AppError } from '@account-backups/contracts';
import { Clock } from '@account-backups/service-kit';
import { Inject, Injectable } from '@nestjs/common';
import type { Lease } from './builds.repository.js';
import { CONFIG, type ZipBuilderConfig } from '../config.js';

/** How often a lease is extended. */
export const HEARTBEAT_MS = 1_000;

type Extend = (until: Date) => Promise<boolean>;

/** Holds the lease of claimed work while the work runs, and stops the work when the lease is lost. */
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
  async next(): Promise<Lease> {
    const now = await this.clock.now();
    return { now, until: new Date(now.getTime() + this.leaseMs) };
  }

  /**
   * Runs `work` and extends its lease at each heartbeat. The signal is aborted with `LEASE_LOST` when another
   * builder has taken over, or when the lease ran out because it could not be extended.
   */
  async hold<T>(extend: Extend, work: (signal: AbortSignal) => Promise<T>): Promise<T> {
    const lost = new AbortController();
    // Every read that is going on listens, and takes its listener back when it ends: many are no leak.
    setMaxListeners(0, lost.signal);
    // Measured here, because the database that has the time may be what is away.
    let endsAt = performance.now() + this.leaseMs;
    const beat = async () => {
      const asked = performance.now();
      const { until } = await this.next();
      const kept = await extend(until);
      if (!kept) lost.abort(leaseLost('another builder has it'));
      endsAt = asked + this.leaseMs;
    };
    let beating: Promise<void> | undefined;
    const timer = setInterval(() => {
      if (beating && performance.now() >= endsAt) lost.abort(leaseLost('it is not extended in time'));
      beating ??= beat()
        .catch((cause: unknown) => {
          if (performance.now() >= endsAt) lost.abort(leaseLost('it could not be extended', cause));
        })
        .finally(() => {
          beating = undefined;
        });
    }, HEARTBEAT_MS);
    try {
      return await work(lost.signal);
    } finally {
      clearInterval(timer);
    }
  }
}

function leaseLost(why: string, cause?: unknown): AppError {
  return new AppError('LEASE_LOST', `the work is not this builder's any more: ${why}`, { cause });
}
