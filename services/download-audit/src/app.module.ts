import { DatabaseModule } from '@account-backups/database';
import { openObjectStore } from '@account-backups/object-store';
import { keyRingProvider, OBJECT_STORE } from '@account-backups/service-kit';
import { Module, type DynamicModule } from '@nestjs/common';
import { AUDIT_RING, AuditKeys, SYSTEM_NAME } from './chains/audit-keys.js';
import { ChainWriter } from './chains/chain-writer.js';
import { ChainController } from './anchoring/chain.controller.js';
import { ChainService } from './anchoring/chain.service.js';
import { ChainsRepository } from './chains/chains.repository.js';
import { CheckpointQueue } from './chains/checkpoint-queue.js';
import { CheckpointService } from './anchoring/checkpoint.service.js';
import { CheckpointStore } from './anchoring/checkpoint.store.js';
import { systemName, type DownloadAuditConfig } from './config.js';
import { database } from './database.js';
import { DownloadController } from './downloads/download.controller.js';
import { DownloadService } from './downloads/download.service.js';
import { LinksRepository } from './downloads/links.repository.js';
import { FormerMacsRepository } from './chains/former-macs.repository.js';
import { TalliesRepository } from './downloads/tallies.repository.js';
import { TransfersRepository } from './downloads/transfers.repository.js';
import { TrailController } from './trail/trail.controller.js';
import { TrailRepository } from './trail/trail.repository.js';
import { TrailService } from './trail/trail.service.js';

@Module({})
export class AppModule {
  static with(config: DownloadAuditConfig): DynamicModule {
    const { AUDIT_KEYS: ring, AUDIT_KEYS_FILE: file, OBJECT_STORE_URL, STORE_ID, NODE_ENV } = config;
    return {
      module: AppModule,
      imports: [
        DatabaseModule.forService({ ...database, url: config.DATABASE_URL, poolSize: config.DATABASE_POOL_SIZE }),
      ],
      controllers: [DownloadController, ChainController, TrailController],
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
        TrailRepository,
        TrailService,
      ],
    };
  }
}
