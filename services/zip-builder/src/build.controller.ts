import type { Payload } from '@account-backups/contracts';
import { isRedelivered, OnFact, OnJob } from '@account-backups/messaging';
import { Controller } from '@nestjs/common';
import { AbandonedWork } from './builds/abandoned-work.service.js';
import { CleanUpService } from './builds/clean-up.service.js';
import { ClosingStep } from './closing/closing.step.js';
import { OrphanSweep } from './builds/orphan-sweep.service.js';
import { DriveService } from './builds/drive.service.js';
import { PlanningStep } from './planning/planning.step.js';
import { BuildingStep } from './building/building.step.js';

@Controller()
export class BuildController {
  constructor(
    private readonly planning: PlanningStep,
    private readonly segments: BuildingStep,
    private readonly closing: ClosingStep,
    private readonly abandoned: AbandonedWork,
    private readonly cleanUp: CleanUpService,
    private readonly orphans: OrphanSweep,
    private readonly driver: DriveService,
  ) {}

  // Safe to repeat: a conditional update claims the build; one that is already planned is only driven.
  @OnJob('archives.plan')
  plan(job: Payload<'archives.plan'>): Promise<void> {
    return this.work(() => this.planning.plan(job));
  }

  // Safe to repeat: it claims whatever segment is open; when none is, nothing happens.
  @OnJob('archives.build-segment')
  buildSegment(): Promise<void> {
    return this.work(() => this.segments.buildNext());
  }

  // Safe to repeat: a conditional update claims the build; one that is already closed cannot be claimed.
  @OnJob('archives.close')
  close(job: Payload<'archives.close'>): Promise<void> {
    return this.work(() => this.closing.close(job));
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
    await this.orphans.sweep();
  }
  // A job that comes again was with a builder that died or lost its connection: what that one had claimed is free soon.
  private async work(step: () => Promise<void>): Promise<void> {
    await Promise.all([step(), isRedelivered() && this.abandoned.free()]);
  }
}
