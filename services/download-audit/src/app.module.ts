import { DatabaseModule } from '@account-backups/database';
import { openObjectStore } from '@account-backups/object-store';
import { keyRingProvider, OBJECT_STORE } from '@account-backups/service-kit';
import { Module, type DynamicModule } from '@nestjs/common';
import { AUDIT_RING, AuditKeys, SYSTEM_NAME } from './audit-keys.js';
import { ChainWriter } from './chain-writer.js';
import { ChainController } from './chain.controller.js';
import { ChainService } from './chain.service.js';
import { ChainsRepository } from './chains.repository.js';
import { CheckpointQueue } from './checkpoint-queue.js';
import { CheckpointService } from './checkpoint.service.js';
import { CheckpointStore } from './checkpoint.store.js';
import { systemName, type DownloadAuditConfig } from './config.js';
import { database } from './database.js';
import { DownloadController } from './download.controller.js';
import { DownloadService } from './download.service.js';
import { LinksRepository } from './links.repository.js';
import { FormerMacsRepository } from './former-macs.repository.js';
import { TalliesRepository } from './tallies.repository.js';
import { TransfersRepository } from './transfers.repository.js';

@Module({})
export class AppModule {
  static with(config: DownloadAuditConfig): DynamicModule {
    const { AUDIT_KEYS: ring, AUDIT_KEYS_FILE: file, OBJECT_STORE_URL, STORE_ID, NODE_ENV } = config;
    return {
      module: AppModule,
      imports: [
        DatabaseModule.forService({ ...database, url: config.DATABASE_URL, poolSize: config.DATABASE_POOL_SIZE }),
      ],
      controllers: [DownloadController, ChainController],
      providers: [
        keyRingProvider(AUDIT_RING, { name: 'AUDIT_KEYS', kind: 'secret', ring, file, NODE_ENV }),
        { provide: SYSTEM_NAME, useValue: systemName(config) },
        // The service is ready without it: checkpoints are made later.
        {
          provide: OBJECT_STORE,
          useFactory: () => openObjectStore(OBJECT_STORE_URL, STORE_ID ? { storeId: STORE_ID } : {}),
        },
        AuditKeys,
        ChainWriter,
        CheckpointQueue,
        CheckpointService,
        CheckpointStore,
        FormerMacsRepository,
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
