// Replicas of the scheduler over one real database; what they publish is written down instead of sent.
import type { Payload } from '@account-backups/contracts';
import { migrate, openDatabase } from '@account-backups/database';
import type { Bus } from '@account-backups/messaging';
import { database as definition } from '@account-backups/scheduler/database.js';
import { Schedule } from '@account-backups/scheduler/schedule.js';
import { TickService } from '@account-backups/scheduler/tick.service.js';
import { TicksRepository } from '@account-backups/scheduler/ticks.repository.js';
import { TimerService } from '@account-backups/scheduler/timer.service.js';
import { Clock } from '@account-backups/service-kit';
import type { DataSource } from 'typeorm';
import { testDatabase } from '../../support/real-parts.js';

export class SetClock extends Clock {
  private instant = new Date(0);

  now(): Date {
    return this.instant;
  }

  set(instant: string): void {
    this.instant = new Date(instant);
  }
}

type Tick = Payload<'schedule.ticked'>;

export class WrittenDown {
  readonly ticks: Tick[] = [];
  away = false;

  async publish(_name: 'schedule.ticked', tick: Tick): Promise<void> {
    if (this.away) throw new Error('the broker is away');
    this.ticks.push(tick);
  }

  scans(): string[] {
    return this.ticks.filter(({ kind }) => kind === 'scan').map(({ at }) => at);
  }

  sweeps(): string[] {
    return this.ticks.filter(({ kind }) => kind === 'sweep').map(({ at }) => at);
  }
}

export interface Replicas {
  readonly bus: WrittenDown;
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
  const room = await testDatabase();
  const databases = await Promise.all(
    Array.from({ length: count }, () => openDatabase({ ...definition, url: room.url, poolSize: 2 })),
  );
  await Promise.all(databases.map((database) => migrate(database)));
  const bus = new WrittenDown();
  const settings = { SCAN_CRON: '*/15 * * * *', SCAN_TIME_ZONE: 'UTC', SWEEP_SECONDS: 5, ...given };
  const schedule = new Schedule(settings, clock.now());
  const replicas = databases.map(
    (database) => new TickService(new TicksRepository(database), bus as unknown as Bus, clock, schedule),
  );
  const [database] = databases;
  if (!database) throw new Error('expected a replica at least');
  const timers = replicas.map((replica) => new TimerService(replica, clock, schedule));
  return {
    bus,
    replicas,
    timers,
    database,
    close: async () => {
      await Promise.all(timers.map((timer) => timer.onModuleDestroy()));
      await Promise.all(databases.map((each) => each.destroy()));
      await room.drop();
    },
  };
}
