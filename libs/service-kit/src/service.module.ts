import type { ServiceName } from '@account-backups/contracts';
import { BusModule } from '@account-backups/messaging';
import { Module, type DynamicModule } from '@nestjs/common';
import { Clock, SystemClock } from './clock.js';
import { DatabaseReadiness } from './database-readiness.js';
import { Readiness } from './readiness.js';

/** What every service has: the bus, the clock, its readiness. */
@Module({})
export class ServiceModule {
  static forService(service: ServiceName, busUrl: string, readiness: Readiness): DynamicModule {
    return {
      module: ServiceModule,
      global: true,
      imports: [BusModule.forService({ url: busUrl, service })],
      providers: [
        { provide: Clock, useClass: SystemClock },
        { provide: Readiness, useValue: readiness },
        DatabaseReadiness,
      ],
      exports: [Clock, Readiness],
    };
  }
}
