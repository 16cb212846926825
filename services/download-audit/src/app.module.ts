import { DatabaseModule } from '@account-backups/database';
import { Module, type DynamicModule } from '@nestjs/common';
import { ChainController } from './chain.controller.js';
import { ChainService } from './chain.service.js';
import { ChainsRepository } from './chains.repository.js';
import type { DownloadAuditConfig } from './config.js';
import { database } from './database.js';
import { DownloadController } from './download.controller.js';
import { DownloadService } from './download.service.js';
import { LinksRepository } from './links.repository.js';
import { TalliesRepository } from './tallies.repository.js';
import { TransfersRepository } from './transfers.repository.js';

@Module({})
export class AppModule {
  static with(config: DownloadAuditConfig): DynamicModule {
    return {
      module: AppModule,
      imports: [
        DatabaseModule.forService({ ...database, url: config.DATABASE_URL, poolSize: config.DATABASE_POOL_SIZE }),
      ],
      controllers: [DownloadController, ChainController],
      providers: [
        DownloadService,
        ChainService,
        LinksRepository,
        TransfersRepository,
        TalliesRepository,
        ChainsRepository,
      ],
    };
  }
}
