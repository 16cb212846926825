import { DatabaseModule } from '@account-backups/database';
import { Module, type DynamicModule } from '@nestjs/common';
import { BuildController } from './build.controller.js';
import { BuildsRepository } from './builds.repository.js';
import { ClaimedWork } from './claimed-work.service.js';
import { CleanUpService } from './clean-up.service.js';
import { CloserService } from './closer.service.js';
import { ClosingService } from './closing.service.js';
import { CONFIG, type ZipBuilderConfig } from './config.js';
import { database } from './database.js';
import { DocumentPages } from './document-pages.service.js';
import { DriveService } from './drive.service.js';
import { EndingFacts } from './ending-facts.service.js';
import { LeaseKeeper } from './lease-keeper.service.js';
import { objectStoreProvider } from './object-store.provider.js';
import { OrderDesk } from './order-desk.service.js';
import { PlannerService } from './planner.service.js';
import { PlanningService } from './planning.service.js';
import { ReadBackService } from './read-back.service.js';
import { SegmentBuildingService } from './segment-building.service.js';
import { SegmentService } from './segment.service.js';
import { SegmentsRepository } from './segments.repository.js';
import { SmallArchiveService } from './small-archive.service.js';

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
        objectStoreProvider,
        BuildsRepository,
        ClaimedWork,
        CleanUpService,
        CloserService,
        ClosingService,
        DocumentPages,
        DriveService,
        EndingFacts,
        LeaseKeeper,
        OrderDesk,
        PlannerService,
        PlanningService,
        ReadBackService,
        SegmentBuildingService,
        SegmentService,
        SegmentsRepository,
        SmallArchiveService,
      ],
    };
  }
}
