import { AppError, type Payload } from '@account-backups/contracts';
import type { ObjectStore } from '@account-backups/object-store';
import { Clock } from '@account-backups/service-kit';
import { Inject, Injectable, Logger } from '@nestjs/common';
import type { BuildEntity } from './build.entity.js';
import { buildObjects } from './build-objects.js';
import { BuildsRepository } from './builds.repository.js';
import { restMs, type BuildClaim } from './claim.js';
import { CleanUpService } from './clean-up.service.js';
import { CloserService } from './closer.service.js';
import { DriveService } from './drive.service.js';
import { LeaseKeeper } from './lease-keeper.js';
import { OBJECT_STORE } from './object-store.provider.js';
import { OrderDesk } from './order-desk.js';
import { ReadBackService } from './read-back.service.js';
import { isBuilt } from './segment.entity.js';
import { SegmentsRepository } from './segments.repository.js';
import { outcomeOf } from './work-outcome.js';

/** Last step of a build: claim it, write the archive's end, read it back. */
@Injectable()
export class ClosingService {
  private readonly logger = new Logger(ClosingService.name);

  constructor(
    private readonly builds: BuildsRepository,
    private readonly segments: SegmentsRepository,
    private readonly closer: CloserService,
    private readonly readBack: ReadBackService,
    private readonly cleanUp: CleanUpService,
    private readonly orders: OrderDesk,
    private readonly driver: DriveService,
    private readonly leases: LeaseKeeper,
    private readonly clock: Clock,
    @Inject(OBJECT_STORE) private readonly store: ObjectStore,
  ) {}

  async close({ accountId, backupId, buildId }: Payload<'archives.close'>): Promise<void> {
    const build = await this.builds.find(accountId, buildId);
    if (build?.status !== 'building') return;
    const claim = await this.builds.claim(buildId, 'building', this.leases.next());
    if (!claim) return;
    try {
      await this.leases.hold(
        (until) => this.builds.extend(claim, until),
        (signal) => this.work(build, claim, signal),
      );
    } catch (error) {
      return this.settle(build, claim, error);
    }
    await this.driver.drive(accountId, backupId);
    await this.cleanUp.dropWorkingObjects(build);
  }

  private async work(build: BuildEntity, claim: BuildClaim, signal: AbortSignal): Promise<void> {
    const { facts } = build;
    const segments = (await this.segments.listOf(build.buildId)).filter(isBuilt);
    if (!facts || segments.length !== facts.segmentCount) return;
    const order = await this.orders.running(build.accountId, build.backupId);
    const work = { build, facts, segments, password: this.orders.passwordOf(order), signal };
    const tally = await this.closer.tally(work);
    // After a death behind the completion the object is there already, and its upload is gone.
    const key = buildObjects.archive(build);
    if ((await this.store.stat(key)) === null) await this.complete(() => this.closer.close(work, tally), build);
    const { sizeBytes, sha256 } = await this.readBack.read(key, signal);
    signal.throwIfAborted();
    const built = { sizeBytes, sha256, exceptionCount: tally.files.exceptions, at: this.clock.now() };
    const saved = await this.builds.saveBuilt(claim, built);
    this.logger.log({ event: 'archive.closed', backupId: build.backupId, sizeBytes, saved });
  }

  // A worker that lost its claim may have put a part again behind the back of the one that took over.
  private async complete(close: () => Promise<void>, build: BuildEntity): Promise<void> {
    try {
      await close();
    } catch (error) {
      if (AppError.is(error, 'OBJECT_CORRUPT')) await this.reopenChanged(build);
      throw error;
    }
  }

  private async reopenChanged(build: BuildEntity): Promise<void> {
    const upload = { key: buildObjects.archive(build), uploadId: build.uploadId ?? '' };
    const stored = new Map((await this.store.listParts(upload)).map(({ partNumber, etag }) => [partNumber, etag]));
    for (const { number, result } of (await this.segments.listOf(build.buildId)).filter(isBuilt)) {
      const changed = result.parts.some(({ partNumber, etag }) => stored.get(partNumber) !== etag);
      if (changed) await this.segments.reopen(build.buildId, number);
    }
  }

  private async settle(build: BuildEntity, claim: BuildClaim, error: unknown): Promise<void> {
    const outcome = outcomeOf(error);
    this.logger.warn({ event: 'archive.close-failed', backupId: build.backupId, outcome, error });
    const rest = new Date(this.clock.now().getTime() + restMs(build.attempts + 1));
    await this.builds.release(claim, rest, outcome === 'retry');
  }
}
