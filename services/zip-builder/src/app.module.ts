import { DatabaseModule } from '@account-backups/database';
import { keyRingProvider, objectStoreProvider } from '@account-backups/service-kit';
import { Module, type DynamicModule } from '@nestjs/common';
import { AbandonedWork } from './builds/abandoned-work.service.js';
import { BuildController } from './build.controller.js';
import { BuildsRepository } from './builds/builds.repository.js';
import { ClaimedWork } from './builds/claimed-work.service.js';
import { CleanUpService } from './builds/clean-up.service.js';
import { ClosingWorker } from './closing/closing.worker.js';
import { ClosingStep } from './closing/closing.step.js';
import { CONFIG, SEAL_KEYS, type ZipBuilderConfig } from './config.js';
import { database } from './database.js';
import { DocumentPages } from './planning/document-pages.service.js';
import { DriveService } from './builds/drive.service.js';
import { EndingFacts } from './closing/ending-facts.service.js';
import { LeaseKeeper } from './builds/lease-keeper.service.js';
import { LeasesRepository } from './builds/leases.repository.js';
import { OrderDesk } from './builds/order-desk.service.js';
import { OrphanSweep } from './builds/orphan-sweep.service.js';
import { StoreSweepsRepository } from './builds/store-sweeps.repository.js';
import { PlanningWorker } from './planning/planning.worker.js';
import { PlanningStep } from './planning/planning.step.js';
import { ReadBackService } from './read-back/read-back.service.js';
import { BuildingStep } from './building/building.step.js';
import { BuildingWorker } from './building/building.worker.js';
import { SegmentsRepository } from './builds/segments.repository.js';
import { SmallArchiveWorker } from './planning/small-archive.worker.js';

@Module({})
export class AppModule {
  static with(config: ZipBuilderConfig): DynamicModule {
    return {
      module: AppModule,
      imports: [
        DatabaseModule.forService({ ...database, url: config.DATABASE_URL, poolSize: config.DATABASE_POOL_SIZE }),
      ],
      controllers: [BuildController],
      providers: [
        { provide: CONFIG, useValue: config },
        objectStoreProvider(config),
        keyRingProvider(SEAL_KEYS, {
          name: 'SEAL_KEYS',
          kind: 'sealPrivate',
          ring: config.SEAL_KEYS,
          file: config.SEAL_KEYS_FILE,
          NODE_ENV: config.NODE_ENV,
        }),
        AbandonedWork,
        BuildsRepository,
        ClaimedWork,
        CleanUpService,
        ClosingWorker,
        ClosingStep,
        DocumentPages,
        DriveService,
        EndingFacts,
        LeaseKeeper,
        LeasesRepository,
        OrderDesk,
        OrphanSweep,
        StoreSweepsRepository,
        PlanningWorker,
        PlanningStep,
        ReadBackService,
        BuildingStep,
        BuildingWorker,
        SegmentsRepository,
        SmallArchiveWorker,
      ],
    };
  }
}
