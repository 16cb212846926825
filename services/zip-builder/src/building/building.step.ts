import { Injectable, Logger } from '@nestjs/common';
import type { BuildEntity } from '../builds/build.entity.js';
import { BuildsRepository } from '../builds/builds.repository.js';
import type { SegmentClaim } from '../builds/claim.js';
import { ClaimedWork, type SegmentMeter } from '../builds/claimed-work.service.js';
import { DriveService } from '../builds/drive.service.js';
import { OrderDesk } from '../builds/order-desk.service.js';
import type { SegmentEntity } from '../builds/segment.entity.js';
import { BuildingWorker } from './building.worker.js';
import { SegmentsRepository } from '../builds/segments.repository.js';

/** Second step of a build, many times over: claim a segment and build it. */
@Injectable()
export class BuildingStep {
  private readonly logger = new Logger(BuildingStep.name);

  constructor(
    private readonly builds: BuildsRepository,
    private readonly segments: SegmentsRepository,
    private readonly claimed: ClaimedWork,
    private readonly builder: BuildingWorker,
    private readonly orders: OrderDesk,
    private readonly driver: DriveService,
  ) {}

  /** A job is an offer to work: it goes to the archive that has the fewest segments leased. */
  async buildNext(): Promise<void> {
    const claim = await this.claimed.claimSegment();
    if (!claim) return;
    const build = await this.builds.get(claim.buildId);
    const { accountId, backupId } = build;
    const segment = await this.segments.find(claim.buildId, claim.number);
    const { attempts } = segment;
    const settle = (error: unknown) => this.driver.failIfHopeless(build, error, attempts);
    const step = { event: 'segment.failed', backupId, attempts, settle };
    const done = await this.claimed.onSegment(claim, step, (held, signal, meter) =>
      this.work({ build, segment, meter }, held, signal),
    );
    if (done) await this.driver.drive(accountId, backupId, 1);
  }

  private async work(
    {
      build,
      segment,
      meter,
    }: { readonly build: BuildEntity; readonly segment: SegmentEntity; readonly meter: SegmentMeter },
    claim: SegmentClaim,
    signal: AbortSignal,
  ): Promise<void> {
    const { facts } = build;
    if (!facts) return;
    const order = await this.orders.running(build.accountId, build.backupId);
    const password = await this.orders.passwordOf(order);
    const result = await this.builder.build({ build, facts, segment, claim, meter }, password, signal);
    signal.throwIfAborted();
    const saved = await this.segments.saveBuilt(claim, result);
    await this.builds.noteWaiting(build.buildId, null);
    const { number } = segment;
    this.logger.log({ event: 'segment.built', backupId: build.backupId, number, sizeBytes: result.sizeBytes, saved });
  }
}
