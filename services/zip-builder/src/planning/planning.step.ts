import { AppError, type Access, type BackupOrder, type Payload } from '@account-backups/contracts';
import type { ObjectStore } from '@account-backups/object-store';
import { OBJECT_STORE } from '@account-backups/service-kit';
import { Inject, Injectable, Logger } from '@nestjs/common';
import { BuildEntity } from '../builds/build.entity.js';
import { buildObjects } from '../store/build-objects.js';
import { BuildsRepository } from '../builds/builds.repository.js';
import type { BuildClaim } from '../builds/claim.js';
import { ClaimedWork } from '../builds/claimed-work.service.js';
import { DriveService } from '../builds/drive.service.js';
import { OrderDesk } from '../builds/order-desk.service.js';
import { knownOrgUnits } from './known-org-units.js';
import { SmallArchiveWorker, type SmallArchive } from './small-archive.worker.js';
import { PlanningWorker } from './planning.worker.js';

/** First step of a build: claim it, re-check rights, write the plan, open the upload; or make it, when it is small. */
@Injectable()
export class PlanningStep {
  private readonly logger = new Logger(PlanningStep.name);

  constructor(
    private readonly builds: BuildsRepository,
    private readonly claimed: ClaimedWork,
    private readonly planner: PlanningWorker,
    private readonly orders: OrderDesk,
    private readonly driver: DriveService,
    private readonly small: SmallArchiveWorker,
    @Inject(OBJECT_STORE) private readonly store: ObjectStore,
  ) {}

  async plan({ accountId, backupId }: Payload<'archives.plan'>): Promise<void> {
    const build = await this.builds.openFor(accountId, backupId);
    if (build.status !== 'planning') return this.driver.drive(accountId, backupId);
    const attempts = build.attempts + 1;
    const settle = (error: unknown) => this.settle(build, error, attempts);
    const step = { event: 'archive.plan-failed', backupId, attempts, settle };
    const done = await this.claimed.onBuild(build.buildId, 'planning', step, (claim, signal) =>
      this.work(Object.assign(new BuildEntity(), build, { keyPart: claim.keyPart }), claim, signal),
    );
    if (done) await this.driver.drive(accountId, backupId);
  }

  private async work(build: BuildEntity, claim: BuildClaim, signal: AbortSignal): Promise<void> {
    const order = await this.orders.running(build.accountId, build.backupId);
    const access = await this.refuseUnlessStartable(order);
    const plan = await this.planner.plan({ build, order, knownOrgUnitIds: knownOrgUnits(order, access), signal });
    if (plan.kept) {
      const password = await this.orders.passwordOf(order);
      return this.makeSmall(claim, { build, facts: plan.facts, records: plan.kept, password, signal });
    }
    const uploadId = await this.store.createUpload(buildObjects.archive(build), { contentType: 'application/zip' });
    if (await this.builds.savePlan(claim, { ...plan, uploadId })) {
      const { documentCount, sizeBytes, segmentCount } = plan.facts;
      this.logger.log({ event: 'archive.planned', backupId: build.backupId, documentCount, sizeBytes, segmentCount });
      return;
    }
    await this.store.abortUpload({ key: buildObjects.archive(build), uploadId });
  }

  private async makeSmall(claim: BuildClaim, work: SmallArchive): Promise<void> {
    const built = await this.small.make(work);
    work.signal.throwIfAborted();
    const saved = await this.builds.saveBuilt(claim, work.facts, built);
    const { documentCount } = work.facts;
    const { sizeBytes } = built;
    this.logger.log({ event: 'archive.made', backupId: work.build.backupId, documentCount, sizeBytes, saved });
  }

  private async refuseUnlessStartable(order: BackupOrder): Promise<Access> {
    const access = await this.orders.refuseUnlessPermitted(order);
    await this.orders.passwordOf(order);
    return access;
  }

  private async settle(build: BuildEntity, error: unknown, attempts: number): Promise<boolean> {
    if (AppError.is(error, 'PERMISSION_LOST')) {
      const message = 'The requester lost the permission in an OU of this backup before it started.';
      await this.driver.fail(build, 'permission_lost', message);
      return true;
    }
    if (AppError.is(error, 'SEAL_UNREADABLE')) {
      const message = 'The password of this backup cannot be read. Request a new backup with a new password.';
      await this.driver.fail(build, 'password_unreadable', message);
      return true;
    }
    return this.driver.failIfHopeless(build, error, attempts);
  }
}
