import { DatabaseModule } from '@account-backups/database';
import { Trail } from '@account-backups/service-kit';
import { Module, type DynamicModule } from '@nestjs/common';
import { BackupController } from './visible/backup.controller.js';
import { BackupService } from './visible/backup.service.js';
import { SealedRepository } from './rows/sealed.repository.js';
import { BackupsRepository } from './rows/backups.repository.js';
import { CONFIG, type BackupsConfig } from './config.js';
import { database } from './database.js';
import { LifecycleController } from './lifecycle/lifecycle.controller.js';
import { LifecycleRepository } from './lifecycle/lifecycle.repository.js';
import { LifecycleService } from './lifecycle/lifecycle.service.js';
import { SealedService } from './lifecycle/sealed.service.js';
import { OrderService } from './lifecycle/order.service.js';
import { WaitingMetric } from './lifecycle/waiting.metric.js';
import { RequestRulesService } from './requests/request-rules.service.js';
import { RequestController } from './requests/request.controller.js';
import { RequestService } from './requests/request.service.js';

@Module({})
export class AppModule {
  static with(config: BackupsConfig): DynamicModule {
    return {
      module: AppModule,
      imports: [
        DatabaseModule.forService({ ...database, url: config.DATABASE_URL, poolSize: config.DATABASE_POOL_SIZE }),
      ],
      controllers: [RequestController, BackupController, LifecycleController],
      providers: [
        Trail,
        { provide: CONFIG, useValue: config },
        WaitingMetric,
        RequestService,
        RequestRulesService,
        BackupService,
        LifecycleService,
        OrderService,
        BackupsRepository,
        LifecycleRepository,
        SealedRepository,
        SealedService,
      ],
    };
  }
}
