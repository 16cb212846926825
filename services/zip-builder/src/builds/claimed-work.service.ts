import { Clock } from '@account-backups/service-kit';
import { Inject, Injectable, Logger } from '@nestjs/common';
import { BuildsRepository } from './builds.repository.js';
import { restMs, type BuildClaim, type SegmentClaim } from './claim.js';
import { CONFIG, type ZipBuilderConfig } from './config.js';
import { LeaseKeeper } from './lease-keeper.service.js';
import { SegmentsRepository } from './segments.repository.js';
import { outcomeOf } from './work-outcome.js';

/** A step of a build as the log names it, and how often it was tried before. */
export interface Step {
  readonly event: string;
  readonly backupId: string;
  readonly attempts: number;
  /** An error that trying again cannot mend is dealt with here; true when it was. */
  readonly settle?: (error: unknown) => Promise<boolean>;
}

/** Bytes of a segment's files that are in. */
export interface SegmentMeter {
  doneBytes: number;
}

type SegmentStep = (claim: SegmentClaim, signal: AbortSignal, meter: SegmentMeter) => Promise<void>;
type Work<C> = (claim: C, signal: AbortSignal) => Promise<void>;

/** Work that is claimed, kept while it lasts, and given back with a rest when it fails. */
@Injectable()
export class ClaimedWork {
  private readonly logger = new Logger(ClaimedWork.name);

  constructor(
    private readonly builds: BuildsRepository,
    private readonly segments: SegmentsRepository,
    private readonly leases: LeaseKeeper,
    private readonly clock: Clock,
    @Inject(CONFIG) private readonly config: Pick<ZipBuilderConfig, 'SEGMENTS_IN_FLIGHT'>,
  ) {}

  /** Plans or closes a build; true when the work was this worker's and is done. */
  async onBuild(
    buildId: string,
    status: 'planning' | 'building',
    step: Step,
    work: Work<BuildClaim>,
  ): Promise<boolean> {
    const claim = await this.builds.claim(buildId, status, this.leases.next());
    if (!claim) return false;
    const extend = (until: Date) => this.builds.extend(claim, until);
    const fault = await this.attempt(extend, (signal) => work(claim, signal));
    if (!fault) return true;
    await this.giveBack(step, fault.error, (rest, counts) => this.builds.release(claim, rest, counts));
    return false;
  }

  /** A segment that nobody has, of the build that has the fewest in hand, or null. */
  claimSegment(): Promise<SegmentClaim | null> {
    return this.segments.claimFairest(this.config.SEGMENTS_IN_FLIGHT, this.leases.next());
  }

  /** Works on a claimed segment; true when it is done. What `meter` shows is noted with each sign of life. */
  async onSegment(claim: SegmentClaim, step: Step, work: SegmentStep): Promise<boolean> {
    const meter = { doneBytes: 0 };
    const extend = (until: Date) => this.segments.extend(claim, until, meter.doneBytes);
    const fault = await this.attempt(extend, (signal) => work(claim, signal, meter));
    if (!fault) return true;
    await this.giveBack(step, fault.error, (rest, counts) => this.segments.release(claim, rest, counts));
    return false;
  }

  private async attempt(
    extend: (until: Date) => Promise<boolean>,
    work: (signal: AbortSignal) => Promise<void>,
  ): Promise<{ error: unknown } | undefined> {
    try {
      await this.leases.hold(extend, work);
      return undefined;
    } catch (error) {
      return { error };
    }
  }

  private async giveBack(
    { event, backupId, attempts, settle }: Step,
    error: unknown,
    release: (rest: Date, counts: boolean) => Promise<void>,
  ): Promise<void> {
    if (await settle?.(error)) return;
    const outcome = outcomeOf(error);
    this.logger.warn({ event, backupId, attempts, outcome, error });
    await release(new Date(this.clock.now().getTime() + restMs(attempts)), outcome === 'retry');
  }
}
