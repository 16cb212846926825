import { Injectable, Optional } from '@nestjs/common';
import { DataSource } from 'typeorm';
import { Readiness } from './readiness.js';

/** Makes a service that has a database ready only while it answers. */
@Injectable()
export class DatabaseReadiness {
  constructor(readiness: Readiness, @Optional() database?: DataSource) {
    if (!database) return;
    readiness.add('database', async () => {
      await database.query('SELECT 1');
    });
  }
}
