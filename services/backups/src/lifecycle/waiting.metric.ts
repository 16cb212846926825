import { waitReasons } from '@account-backups/contracts';
import { Clock, metrics } from '@account-backups/service-kit';
import { Injectable } from '@nestjs/common';
import { Gauge } from 'prom-client';
import { LifecycleRepository } from './lifecycle.repository.js';

/** How many running backups wait, by what for; counted at each scrape, absent while the database is away. */
@Injectable()
export class WaitingMetric {
  constructor(lifecycle: LifecycleRepository, clock: Clock) {
    metrics.removeSingleMetric(NAME);
    const gauge: Gauge = new Gauge({
      name: NAME,
      help: 'Running backups that wait, by what they wait for.',
      labelNames: ['reason'],
      registers: [metrics],
      collect: async () => {
        gauge.reset();
        const counts = await clock
          .now()
          .then((now) => lifecycle.countWaiting(now))
          .catch(() => undefined);
        if (!counts) return;
        for (const reason of waitReasons) gauge.set({ reason }, counts.get(reason) ?? 0);
      },
    });
  }
}

const NAME = 'account_backups_waiting_backups';
