import { databasePulse } from '@account-backups/database';
import { Injectable, Optional } from '@nestjs/common';
import { DataSource } from 'typeorm';
import { DatabaseClock } from '../clock.js';
import { refuseWrongClock } from './clock-check.js';
import { Readiness } from './readiness.js';

/**
 * Where a service has a database, it is ready only while the database answers, and while its machine's clock agrees
 * with it.
 */
@Injectable()
export class DatabaseReadiness {
  constructor(readiness: Readiness, @Optional() database?: DataSource) {
    if (!database) return;
    readiness.add('database', async () => {
      await database.query('SELECT 1');
    });
    const { url } = database.options as { readonly url?: string };
    if (url !== undefined) readiness.liveOn(() => databasePulse(url));
    const clock = new DatabaseClock(database);
    readiness.add('clock', () => refuseWrongClock(() => clock.now()));
  }
}
