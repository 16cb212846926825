import { Clock } from '@account-backups/service-kit';
import { Inject, Injectable, Logger } from '@nestjs/common';
import { BuildsRepository } from './builds.repository.js';
import { restMs, type BuildClaim, type SegmentClaim } from './claim.js';
import { CONFIG, type ZipBuilderConfig } from '../config.js';
import { LeaseKeeper } from './lease-keeper.service.js';
import { SegmentsRepository } from './segments.repository.js';
import { outcomeOf, waitReasonOf } from './work-outcome.js';

/** A step of a build: its name in the log and the attempts so far. */
interface Step {
  readonly event: string;
  readonly backupId: string;
  readonly attempts: number;
  /** Deals with an error that another attempt cannot mend; true when it did. */
  readonly settle?: (error: unknown) => Promise<boolean>;
}

/** How many bytes of a segment's files have been written. */
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

  /** Plans or closes a build; true when this builder got the claim and finished the work. */
  async onBuild(
    buildId: string,
    status: 'planning' | 'building',
    step: Step,
    work: Work<BuildClaim>,
  ): Promise<boolean> {
    const claim = await this.builds.claim(buildId, status, await this.leases.next());
    if (!claim) return false;
    const extend = (until: Date) => this.builds.extend(claim, until);
    const fault = await this.attempt(extend, (signal) => work(claim, signal));
    if (!fault) return true;
    await this.giveBack(buildId, step, fault.error, (rest, counts) => this.builds.release(claim, rest, counts));
    return false;
  }

  /** Claims a free segment of the build that has the fewest leased, or null. */
  async claimSegment(): Promise<SegmentClaim | null> {
    return this.segments.claimFairest(this.config.SEGMENTS_IN_FLIGHT, await this.leases.next());
  }

  /** Works on a claimed segment; true when it is finished. Each heartbeat records what `meter` shows. */
  async onSegment(claim: SegmentClaim, step: Step, work: SegmentStep): Promise<boolean> {
    const meter = { doneBytes: 0 };
    const extend = (until: Date) => this.segments.extend(claim, until, meter.doneBytes);
    const fault = await this.attempt(extend, (signal) => work(claim, signal, meter));
    if (!fault) return true;
    const release = (rest: Date, counts: boolean) => this.segments.release(claim, rest, counts);
    await this.giveBack(claim.buildId, step, fault.error, release);
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
    buildId: string,
    { event, backupId, attempts, settle }: Step,
    error: unknown,
    release: (rest: Date, counts: boolean) => Promise<void>,
  ): Promise<void> {
    if (await settle?.(error)) return;
    const outcome = outcomeOf(error);
    this.logger.warn({ event, backupId, attempts, outcome, error });
    await release(new Date((await this.clock.now()).getTime() + restMs(attempts)), outcome === 'retry');
    if (outcome === 'wait') await this.builds.noteWaiting(buildId, waitReasonOf(error));
  }
}
