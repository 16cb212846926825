import { DatabaseModule } from '@account-backups/database';
import { Module, type DynamicModule } from '@nestjs/common';
import type { SchedulerConfig } from './config.js';
import { database } from './database.js';
import { Schedule } from './schedule.js';
import { TickController } from './tick.controller.js';
import { TickService } from './tick.service.js';
import { TicksRepository } from './ticks.repository.js';
import { TimerService } from './timer.service.js';

@Module({})
export class AppModule {
  static with(config: SchedulerConfig): DynamicModule {
    return {
      module: AppModule,
      imports: [
        DatabaseModule.forService({ ...database, url: config.DATABASE_URL, poolSize: config.DATABASE_POOL_SIZE }),
      ],
      controllers: [TickController],
      providers: [
        { provide: Schedule, useValue: new Schedule(config, new Date()) },
        TickService,
        TimerService,
        TicksRepository,
      ],
    };
  }
}
