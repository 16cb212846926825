// Replicas of the scheduler on one real database; the bus records what they publish.
import { openDatabase } from '@account-backups/database';
import { database as definition } from '@account-backups/scheduler/database.js';
import { Schedule } from '@account-backups/scheduler/schedule.js';
import { TickService } from '@account-backups/scheduler/tick.service.js';
import { TicksRepository } from '@account-backups/scheduler/ticks.repository.js';
import { TimerService } from '@account-backups/scheduler/timer.service.js';
import type { Clock } from '@account-backups/service-kit';
import type { DataSource } from 'typeorm';
import { migratedDatabase } from '../../support/migrated-database.js';
import { ToldBus } from '../../support/told-bus.js';

export interface Replicas {
  readonly bus: ToldBus;
  /** When scans were published, oldest first. */
  scans(): string[];
  /** When sweeps were published, oldest first. */
  sweeps(): string[];
  readonly replicas: readonly TickService[];
  readonly timers: readonly TimerService[];
  readonly database: DataSource;
  close(): Promise<void>;
}

interface ReplicaOptions {
  readonly count?: number;
  readonly clock: Clock;
  readonly SCAN_CRON?: string;
  readonly BACKUP_WINDOW?: string;
  readonly SWEEP_SECONDS?: number;
}

export async function openReplicas({ count = 1, clock, ...given }: ReplicaOptions): Promise<Replicas> {
  const { url, pool: database, close } = await migratedDatabase(definition, 2);
  const others = await Promise.all(
    Array.from({ length: count - 1 }, () => openDatabase({ ...definition, url, poolSize: 2 })),
  );
  const bus = new ToldBus();
  const settings = { SCAN_CRON: '*/15 * * * *', SCAN_TIME_ZONE: 'UTC', SWEEP_SECONDS: 5, ...given };
  const schedule = new Schedule(settings, await clock.now());
  const replicas = [database, ...others].map((own) => new TickService(new TicksRepository(own), bus, clock, schedule));
  const timers = replicas.map((replica) => new TimerService(replica, clock, schedule));
  const instantsOf = (kind: 'scan' | 'sweep') => () =>
    bus
      .payloadsOf('schedule.ticked')
      .filter((tick) => tick.kind === kind)
      .map(({ at }) => at);
  return {
    bus,
    scans: instantsOf('scan'),
    sweeps: instantsOf('sweep'),
    replicas,
    timers,
    database,
    close: async () => {
      await Promise.all(timers.map((timer) => timer.onModuleDestroy()));
      await Promise.all(others.map((each) => each.destroy()));
      await close();
    },
  };
}
