import { AppError, type FailureCode } from '@account-backups/contracts';
import { Bus } from '@account-backups/messaging';
import { Clock } from '@account-backups/service-kit';
import { Inject, Injectable, Logger } from '@nestjs/common';
import type { BuildEntity } from './build.entity.js';
import { buildObjects } from '../store/build-objects.js';
import { BuildsRepository } from './builds.repository.js';
import { CONFIG, type ZipBuilderConfig } from '../config.js';
import { attemptsFor, messageFor, MAX_ATTEMPTS } from './lost-cause.js';
import { CONTENTS_LOST_MESSAGE } from './contents-lost.js';
import { SegmentsRepository } from './segments.repository.js';

const SILENCE_MS = 10_000;
const BATCH = 100;

/** Turns what the rows say into the jobs that come next. It may be called at any time and any number of times. */
@Injectable()
export class DriveService {
  private readonly logger = new Logger(DriveService.name);

  constructor(
    private readonly builds: BuildsRepository,
    private readonly segments: SegmentsRepository,
    private readonly bus: Bus,
    private readonly clock: Clock,
    @Inject(CONFIG) private readonly config: Pick<ZipBuilderConfig, 'SEGMENTS_IN_FLIGHT'>,
  ) {}

  /** Drives every unfinished build that nobody has driven for a while. */
  async driveAll(): Promise<void> {
    const now = await this.clock.now();
    const stale = await this.builds.claimUndriven(now, new Date(now.getTime() - SILENCE_MS), BATCH);
    for (const { accountId, backupId } of stale) await this.drive(accountId, backupId);
  }

  /** `maxJobs` is 1 for a builder that finished a segment: its own job is replaced by one, so jobs do not pile up. */
  async drive(accountId: string, backupId: string, maxJobs = this.config.SEGMENTS_IN_FLIGHT): Promise<void> {
    const build = await this.builds.findOfBackup(accountId, backupId);
    switch (build?.status) {
      case undefined:
      case 'deleted':
        return;
      case 'planning':
        if (build.attempts >= MAX_ATTEMPTS && isIdle(build, await this.clock.now())) return this.giveUp(build);
        await this.bus.enqueue('archives.plan', { accountId, backupId });
        return this.announceWaiting(build);
      case 'building':
        return this.driveBuilding(build, maxJobs);
      case 'built':
        return this.announceBuilt(build);
      case 'failed':
        return this.announceFailed(build);
    }
  }

  /** Ends an unfinished build for good. Its objects go once `backups` has recorded the failure and orders it. */
  async fail(build: BuildEntity, code: FailureCode, message: string): Promise<void> {
    await this.builds.fail(build.buildId, { code, message });
    const { accountId, backupId } = build;
    await this.bus.publish('archive.failed', { accountId, backupId, code, message });
  }

  /**
   * Ends a build whose error says that none of its contents could be read, or comes again however often it is tried;
   * false for any other error. `attempts` counts from 1.
   */
  async failIfHopeless(build: BuildEntity, error: unknown, attempts: number): Promise<boolean> {
    const areContentsLost = AppError.is(error, 'CONTENTS_LOST');
    const allowed = attemptsFor(error);
    if (!areContentsLost && (allowed === MAX_ATTEMPTS || attempts < allowed)) return false;
    this.logger.error({ event: 'archive.hopeless', backupId: build.backupId, attempts, error });
    if (areContentsLost) await this.fail(build, 'contents_lost', CONTENTS_LOST_MESSAGE);
    else await this.fail(build, 'build_failed', messageFor(error));
    return true;
  }

  private async driveBuilding(build: BuildEntity, maxJobs: number): Promise<void> {
    const now = await this.clock.now();
    const progress = await this.segments.progressOf(build.buildId, now);
    const attempts = progress.built === progress.all ? build.attempts : progress.maxAttempts;
    if (attempts >= MAX_ATTEMPTS && progress.leased === 0 && isIdle(build, now)) return this.giveUp(build);
    await this.announceProgress(build, progress.documentsBuilt, progress.bytesBuilt);
    const { accountId, backupId, buildId } = build;
    const job = { accountId, backupId, buildId };
    if (progress.built === progress.all) return this.bus.enqueue('archives.close', job);
    // While any segment is leased, jobs are under way: one more replaces one that may have been lost.
    const jobs = Math.min(progress.claimable, progress.leased > 0 ? 1 : maxJobs);
    for (let sent = 0; sent < jobs; sent += 1) await this.bus.enqueue('archives.build-segment', job);
  }

  private async announceWaiting({ accountId, backupId, waitingFor }: BuildEntity): Promise<void> {
    try {
      await this.bus.publish('archive.waiting', { accountId, backupId, waitingFor });
    } catch (error) {
      // A `backups` of an earlier release does not know the fact; the work goes on all the same.
      if (!AppError.is(error, 'MESSAGE_UNROUTABLE')) throw error;
      this.logger.warn({ event: 'archive.waiting-untold', backupId, waitingFor });
    }
  }

  private giveUp(build: BuildEntity): Promise<void> {
    const message =
      'The archive could not be made after several attempts. Request a new backup; if that fails too, tell us.';
    return this.fail(build, 'build_failed', message);
  }

  private async announceProgress(build: BuildEntity, documents: number, sizeBytes: number): Promise<void> {
    if (!build.facts) return;
    const { accountId, backupId, facts, waitingFor } = build;
    await this.bus.publish('archive.progressed', {
      accountId,
      backupId,
      documents,
      sizeBytes,
      ofDocuments: facts.documentCount,
      ofSizeBytes: facts.sizeBytes,
      ...(waitingFor && { waitingFor }),
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
