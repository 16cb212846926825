import type { ServiceName } from '@account-backups/contracts';
import { BusModule } from '@account-backups/messaging';
import { Module, type DynamicModule } from '@nestjs/common';
import { DataSource } from 'typeorm';
import { Clock, DatabaseClock } from './clock.js';
import { DatabaseReadiness } from './operations/database-readiness.js';
import { Readiness } from './operations/readiness.js';

/** What every service has: the bus, the clock, its readiness. */
@Module({})
export class ServiceModule {
  static forService(service: ServiceName, busUrl: string, readiness: Readiness): DynamicModule {
    return {
      module: ServiceModule,
      global: true,
      imports: [BusModule.forService({ url: busUrl, service })],
      providers: [
        {
          provide: Clock,
          inject: [{ token: DataSource, optional: true }],
          // What has no database decides nothing by the time.
          useFactory: (database?: DataSource) => database && new DatabaseClock(database),
        },
        { provide: Readiness, useValue: readiness },
        DatabaseReadiness,
      ],
      exports: [Clock, Readiness],
    };
  }
}
