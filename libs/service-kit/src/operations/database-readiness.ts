import { databasePulse } from '@account-backups/database';
import { Injectable, Optional, type OnApplicationBootstrap, type OnApplicationShutdown } from '@nestjs/common';
import { DataSource } from 'typeorm';
import { DatabaseClock } from '../clock.js';
import { refuseWrongClock } from './clock-check.js';
import { Readiness } from './readiness.js';

/** How often to ask the database for its time, by which deadlines are told. */
const ASK_TIME_EVERY_MS = 10_000;

/**
 * Where a service has a database, it is ready only while the database answers, and while its machine's clock agrees
 * with it.
 */
@Injectable()
export class DatabaseReadiness implements OnApplicationBootstrap, OnApplicationShutdown {
  private readonly clock: DatabaseClock | undefined;
  private timer: NodeJS.Timeout | undefined;

  constructor(readiness: Readiness, @Optional() database?: DataSource) {
    if (!database) return;
    readiness.add('database', async () => {
      await database.query('SELECT 1');
    });
    const { url } = database.options as { readonly url?: string };
    if (url !== undefined) readiness.liveOn(() => databasePulse(url));
    const clock = new DatabaseClock(database);
    readiness.add('clock', () => refuseWrongClock(() => clock.now()));
    this.clock = clock;
  }

  async onApplicationBootstrap(): Promise<void> {
    if (!this.clock) return;
    await this.askTime();
    this.timer = setInterval(() => void this.askTime(), ASK_TIME_EVERY_MS).unref();
  }

  onApplicationShutdown(): void {
    clearInterval(this.timer);
  }

  // Readiness says when the database does not answer.
  private async askTime(): Promise<void> {
    await this.clock?.now().catch(() => undefined);
  }
}
