import { Injectable, Logger } from '@nestjs/common';
import type { BuildEntity } from './build.entity.js';
import { BuildsRepository } from './builds.repository.js';
import type { SegmentClaim } from './claim.js';
import { ClaimedWork, type SegmentMeter } from './claimed-work.service.js';
import { DriveService } from './drive.service.js';
import { OrderDesk } from './order-desk.service.js';
import type { SegmentEntity } from './segment.entity.js';
import { SegmentService } from './segment.service.js';
import { SegmentsRepository } from './segments.repository.js';

/** Second step of a build, many times over: claim a segment and build it. */
@Injectable()
export class SegmentBuildingService {
  private readonly logger = new Logger(SegmentBuildingService.name);

  constructor(
    private readonly builds: BuildsRepository,
    private readonly segments: SegmentsRepository,
    private readonly claimed: ClaimedWork,
    private readonly builder: SegmentService,
    private readonly orders: OrderDesk,
    private readonly driver: DriveService,
  ) {}

  /** A job is a free hand: whichever archive has the fewest segments in hand gets it. */
  async buildNext(): Promise<void> {
    const claim = await this.claimed.claimSegment();
    if (!claim) return;
    const build = await this.builds.get(claim.buildId);
    const { accountId, backupId } = build;
    const segment = await this.segments.find(claim.buildId, claim.number);
    const step = { event: 'segment.failed', backupId, attempts: segment.attempts };
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
    const result = await this.builder.build({ build, facts, segment, meter }, this.orders.passwordOf(order), signal);
    signal.throwIfAborted();
    const saved = await this.segments.saveBuilt(claim, result);
    const { number } = segment;
    this.logger.log({ event: 'segment.built', backupId: build.backupId, number, sizeBytes: result.sizeBytes, saved });
  }
}
