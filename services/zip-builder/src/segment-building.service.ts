import type { Payload } from '@account-backups/contracts';
import { Clock } from '@account-backups/service-kit';
import { Inject, Injectable, Logger } from '@nestjs/common';
import type { BuildEntity } from './build.entity.js';
import { BuildsRepository } from './builds.repository.js';
import { restMs, type SegmentClaim } from './claim.js';
import { CONFIG, type ZipBuilderConfig } from './config.js';
import { DriveService } from './drive.service.js';
import { LeaseKeeper } from './lease-keeper.js';
import { OrderDesk } from './order-desk.js';
import type { SegmentEntity } from './segment.entity.js';
import { SegmentService } from './segment.service.js';
import { SegmentsRepository } from './segments.repository.js';
import { outcomeOf } from './work-outcome.js';

/** Second step of a build, many times over: claim the next segment and build it. */
@Injectable()
export class SegmentBuildingService {
  private readonly logger = new Logger(SegmentBuildingService.name);

  constructor(
    private readonly builds: BuildsRepository,
    private readonly segments: SegmentsRepository,
    private readonly builder: SegmentService,
    private readonly orders: OrderDesk,
    private readonly driver: DriveService,
    private readonly leases: LeaseKeeper,
    private readonly clock: Clock,
    @Inject(CONFIG) private readonly config: Pick<ZipBuilderConfig, 'SEGMENTS_IN_FLIGHT'>,
  ) {}

  async buildNext({ accountId, backupId, buildId }: Payload<'archives.build-segment'>): Promise<void> {
    const build = await this.builds.find(accountId, buildId);
    if (build?.status !== 'building') return;
    const claim = await this.segments.claimNext(buildId, this.config.SEGMENTS_IN_FLIGHT, this.leases.next());
    if (!claim) return;
    const segment = await this.segments.find(buildId, claim.number);
    try {
      await this.leases.hold(
        (until) => this.segments.extend(claim, until),
        (signal) => this.work({ build, segment, claim }, signal),
      );
    } catch (error) {
      return this.settle({ build, segment, claim }, error);
    }
    await this.driver.drive(accountId, backupId);
  }

  private async work({ build, segment, claim }: Held, signal: AbortSignal): Promise<void> {
    const { facts } = build;
    if (!facts) return;
    const order = await this.orders.running(build.accountId, build.backupId);
    const result = await this.builder.build({ build, facts, segment }, this.orders.passwordOf(order), signal);
    signal.throwIfAborted();
    const saved = await this.segments.saveBuilt(claim, result);
    const { number } = segment;
    this.logger.log({ event: 'segment.built', backupId: build.backupId, number, sizeBytes: result.sizeBytes, saved });
  }

  private async settle({ build, segment, claim }: Held, error: unknown): Promise<void> {
    const outcome = outcomeOf(error);
    const { number, attempts } = segment;
    this.logger.warn({ event: 'segment.failed', backupId: build.backupId, number, attempts, outcome, error });
    const rest = new Date(this.clock.now().getTime() + restMs(attempts));
    await this.segments.release(claim, rest, outcome === 'retry');
  }
}

interface Held {
  readonly build: BuildEntity;
  readonly segment: SegmentEntity;
  readonly claim: SegmentClaim;
}
