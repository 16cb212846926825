import { countsOf } from '@account-backups/bag';
import type { Payload } from '@account-backups/contracts';
import { Clock } from '@account-backups/service-kit';
import { Injectable, Logger } from '@nestjs/common';
import type { BuildEntity } from '../builds/build.entity.js';
import { BuildsRepository } from '../builds/builds.repository.js';
import type { BuildClaim } from '../builds/claim.js';
import { ClaimedWork } from '../builds/claimed-work.service.js';
import { ClosingWorker } from './closing.worker.js';
import { DriveService } from '../builds/drive.service.js';
import { OrderDesk } from '../builds/order-desk.service.js';

/** Last step of a build: claim it, write the archive's end, read it back. */
@Injectable()
export class ClosingStep {
  private readonly logger = new Logger(ClosingStep.name);

  constructor(
    private readonly builds: BuildsRepository,
    private readonly claimed: ClaimedWork,
    private readonly closer: ClosingWorker,
    private readonly orders: OrderDesk,
    private readonly driver: DriveService,
    private readonly clock: Clock,
  ) {}

  async close({ accountId, backupId, buildId }: Payload<'archives.close'>): Promise<void> {
    const build = await this.builds.find(accountId, buildId);
    if (build?.status !== 'building') return;
    const attempts = build.attempts + 1;
    const settle = (error: unknown) => this.driver.failIfHopeless(build, error, attempts);
    const step = { event: 'archive.close-failed', backupId, attempts, settle };
    const done = await this.claimed.onBuild(buildId, 'building', step, (claim, signal) =>
      this.work(build, claim, signal),
    );
    if (!done) return;
    await this.driver.drive(accountId, backupId);
  }

  private async work(build: BuildEntity, claim: BuildClaim, signal: AbortSignal): Promise<void> {
    const { facts, accountId, backupId } = build;
    const segments = await this.closer.builtSegments(build);
    if (!facts || !segments) return;
    const order = await this.orders.running(accountId, backupId);
    const work = { build, facts, segments, password: await this.orders.passwordOf(order), signal };
    const { tally, archive } = await this.closer.close(work);
    signal.throwIfAborted();
    const built = { ...archive, counts: countsOf(tally), at: await this.clock.now() };
    const saved = await this.builds.saveBuilt(claim, facts, built);
    this.logger.log({ event: 'archive.closed', backupId, sizeBytes: archive.sizeBytes, saved });
  }
}
