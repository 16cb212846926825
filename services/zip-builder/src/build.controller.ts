import type { Payload } from '@account-backups/contracts';
import { OnFact, OnJob } from '@account-backups/messaging';
import { Controller } from '@nestjs/common';
import { CleanUpService } from './clean-up.service.js';
import { ClosingService } from './closing.service.js';
import { DriveService } from './drive.service.js';
import { PlanningService } from './planning.service.js';
import { SegmentBuildingService } from './segment-building.service.js';

@Controller()
export class BuildController {
  constructor(
    private readonly planning: PlanningService,
    private readonly segments: SegmentBuildingService,
    private readonly closing: ClosingService,
    private readonly cleanUp: CleanUpService,
    private readonly driver: DriveService,
  ) {}

  // Safe to repeat: the build is claimed by a conditional update; one that is planned already is only looked at.
  @OnJob('archives.plan')
  plan(job: Payload<'archives.plan'>): Promise<void> {
    return this.planning.plan(job);
  }

  // Safe to repeat: it claims whatever segment is open; when none is, nothing happens.
  @OnJob('archives.build-segment')
  buildSegment(): Promise<void> {
    return this.segments.buildNext();
  }

  // Safe to repeat: the build is claimed, and one that is closed already is no more in the state to be claimed.
  @OnJob('archives.close')
  close(job: Payload<'archives.close'>): Promise<void> {
    return this.closing.close(job);
  }

  // Safe to repeat: what is deleted stays deleted.
  @OnJob('archives.delete')
  delete(job: Payload<'archives.delete'>): Promise<void> {
    return this.cleanUp.deleteAll(job);
  }

  // Safe to repeat: jobs sent twice find their work claimed.
  @OnFact('schedule.ticked')
  async tick(): Promise<void> {
    await this.driver.driveAll();
    await this.cleanUp.sweep();
  }
}
