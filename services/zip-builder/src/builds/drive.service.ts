import type { FailureCode } from '@account-backups/contracts';
import { Bus } from '@account-backups/messaging';
import { Clock } from '@account-backups/service-kit';
import { Inject, Injectable } from '@nestjs/common';
import type { BuildEntity } from './build.entity.js';
import { buildObjects } from './build-objects.js';
import { BuildsRepository } from './builds.repository.js';
import { MOST_ATTEMPTS } from './claim.js';
import { CONFIG, type ZipBuilderConfig } from './config.js';
import { SegmentsRepository } from './segments.repository.js';

const SILENCE_MS = 10_000;
const BATCH = 100;

/** Turns what the rows say into the jobs that come next. It may be called at any time and any number of times. */
@Injectable()
export class DriveService {
  constructor(
    private readonly builds: BuildsRepository,
    private readonly segments: SegmentsRepository,
    private readonly bus: Bus,
    private readonly clock: Clock,
    @Inject(CONFIG) private readonly config: Pick<ZipBuilderConfig, 'SEGMENTS_IN_FLIGHT'>,
  ) {}

  /** Looks at every unfinished build that nobody looked at for a while. */
  async driveAll(): Promise<void> {
    const now = this.clock.now();
    const stale = await this.builds.claimUndriven(now, new Date(now.getTime() - SILENCE_MS), BATCH);
    for (const { accountId, backupId } of stale) await this.drive(accountId, backupId);
  }

  /** `mostJobs`: whoever finished a segment leaves one job in the place of its own, so that jobs do not pile up. */
  async drive(accountId: string, backupId: string, mostJobs = this.config.SEGMENTS_IN_FLIGHT): Promise<void> {
    const build = await this.builds.findOfBackup(accountId, backupId);
    switch (build?.status) {
      case undefined:
      case 'deleted':
        return;
      case 'planning':
        if (build.attempts >= MOST_ATTEMPTS && isIdle(build, this.clock.now())) return this.giveUp(build);
        return this.bus.enqueue('archives.plan', { accountId, backupId });
      case 'building':
        return this.driveBuilding(build, mostJobs);
      case 'built':
        return this.announceBuilt(build);
      case 'failed':
        return this.announceFailed(build);
    }
  }

  /** Ends an unfinished build for good. Its objects are deleted when `backups` has taken note and says so. */
  async fail(build: BuildEntity, code: FailureCode, message: string): Promise<void> {
    await this.builds.fail(build.buildId, { code, message });
    const { accountId, backupId } = build;
    await this.bus.publish('archive.failed', { accountId, backupId, code, message });
  }

  private async driveBuilding(build: BuildEntity, mostJobs: number): Promise<void> {
    const now = this.clock.now();
    const progress = await this.segments.progressOf(build.buildId, now);
    const attempts = progress.built === progress.all ? build.attempts : progress.mostAttempts;
    if (attempts >= MOST_ATTEMPTS && progress.leased === 0 && isIdle(build, now)) return this.giveUp(build);
    await this.announceProgress(build, progress.documentsBuilt, progress.bytesBuilt);
    const { accountId, backupId, buildId } = build;
    const job = { accountId, backupId, buildId };
    if (progress.built === progress.all) return this.bus.enqueue('archives.close', job);
    // Where somebody is at it, jobs are under way: one more makes up for one that was lost.
    const jobs = Math.min(progress.claimable, progress.leased > 0 ? 1 : mostJobs);
    for (let sent = 0; sent < jobs; sent += 1) await this.bus.enqueue('archives.build-segment', job);
  }

  private giveUp(build: BuildEntity): Promise<void> {
    const message =
      'The archive could not be made after several attempts. Request a new backup; if that fails too, tell us.';
    return this.fail(build, 'build_failed', message);
  }

  private async announceProgress(build: BuildEntity, documents: number, sizeBytes: number): Promise<void> {
    if (!build.facts) return;
    const { accountId, backupId, facts } = build;
    await this.bus.publish('archive.progressed', {
      accountId,
      backupId,
      documents,
      sizeBytes,
      ofDocuments: facts.documentCount,
      ofSizeBytes: facts.sizeBytes,
    });
  }

  private async announceBuilt(build: BuildEntity): Promise<void> {
    const { accountId, backupId, facts, archiveBytes, archiveSha256, exceptionCount, counts, builtAt } = build;
    if (!facts || archiveBytes === null || archiveSha256 === null || !builtAt) return;
    await this.bus.publish('archive.built', {
      accountId,
      backupId,
      objectKey: buildObjects.archive(build),
      sizeBytes: archiveBytes,
      sha256: archiveSha256,
      fileName: facts.fileName,
      documentCount: facts.documentCount,
      exceptionCount: exceptionCount ?? 0,
      counts,
      builtAt: builtAt.toISOString(),
    });
  }

  private async announceFailed(build: BuildEntity): Promise<void> {
    const { accountId, backupId, failureCode, failureMessage } = build;
    await this.bus.publish('archive.failed', {
      accountId,
      backupId,
      code: failureCode ?? 'build_failed',
      message: failureMessage ?? '',
    });
  }
}

function isIdle({ leaseUntil }: BuildEntity, now: Date): boolean {
  return leaseUntil === null || leaseUntil < now;
}
