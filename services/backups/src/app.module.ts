import { DatabaseModule } from '@account-backups/database';
import { Module, type DynamicModule } from '@nestjs/common';
import { BackupController } from './backup.controller.js';
import { BackupService } from './backup.service.js';
import { BackupsRepository } from './backups.repository.js';
import type { BackupsConfig } from './config.js';
import { database } from './database.js';
import { LifecycleController } from './lifecycle.controller.js';
import { LifecycleRepository } from './lifecycle.repository.js';
import { LifecycleService } from './lifecycle.service.js';
import { OrderService } from './order.service.js';
import { RequestRulesService } from './request-rules.service.js';

@Module({})
export class AppModule {
  static with(config: BackupsConfig): DynamicModule {
    return {
      module: AppModule,
      imports: [
        DatabaseModule.forService({ ...database, url: config.DATABASE_URL, poolSize: config.DATABASE_POOL_SIZE }),
      ],
      controllers: [BackupController, LifecycleController],
      providers: [
        BackupService,
        LifecycleService,
        OrderService,
        RequestRulesService,
        BackupsRepository,
        LifecycleRepository,
      ],
    };
  }
}
