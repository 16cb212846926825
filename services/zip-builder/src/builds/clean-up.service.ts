import type { Payload } from '@account-backups/contracts';
import { Bus } from '@account-backups/messaging';
import type { ObjectStore } from '@account-backups/object-store';
import { Clock, OBJECT_STORE } from '@account-backups/service-kit';
import { Inject, Injectable, Logger } from '@nestjs/common';
import { buildObjects } from '../store/build-objects.js';
import { BuildsRepository, type EndedBuild } from './builds.repository.js';

const BATCH = 20;
const SWEEP_LEASE_MS = 300_000;
const LAST_LOOK_MS = 3_600_000;
const TEMPORARY_MS = 86_400_000;

/** Removes from the object store what nobody needs. */
@Injectable()
export class CleanUpService {
  private readonly logger = new Logger(CleanUpService.name);
  private nextTemporary = new Date(0);

  constructor(
    private readonly builds: BuildsRepository,
    private readonly bus: Bus,
    private readonly clock: Clock,
    @Inject(OBJECT_STORE) private readonly store: ObjectStore,
  ) {}

  /** Everything of a backup: archive, plan, records, open uploads. Safe to repeat. */
  async deleteAll({ accountId, backupId }: Payload<'archives.delete'>): Promise<void> {
    const build = await this.builds.findOfBackup(accountId, backupId);
    await this.builds.markDeleted(accountId, backupId);
    if (build?.uploadId) await this.store.abortUpload({ key: buildObjects.archive(build), uploadId: build.uploadId });
    await this.deleteObjects(buildObjects.prefix({ accountId, backupId }), undefined);
    this.logger.log({ event: 'archive.deleted', accountId, backupId });
    await this.bus.publish('archive.deleted', { accountId, backupId });
  }

  /**
   * Sweeps builds that ended: plans, records, and what dead or late builders stored. A second sweep follows an hour
   * later, when no builder can still be writing.
   */
  async sweep(): Promise<void> {
    const now = await this.clock.now();
    const ended = await this.builds.claimUnswept({ now, until: after(now, SWEEP_LEASE_MS) }, BATCH);
    for (const build of ended) {
      await this.removeLeftovers(build);
      await this.builds.saveSwept(build, build.sweeps === 0 ? after(now, LAST_LOOK_MS) : null);
    }
    if (now < this.nextTemporary) return;
    this.nextTemporary = after(now, LAST_LOOK_MS);
    await this.store.sweepTemporary(after(now, -TEMPORARY_MS));
  }

  private async removeLeftovers(build: EndedBuild): Promise<void> {
    const prefix = buildObjects.prefix(build);
    const archive = buildObjects.archive(build);
    // MinIO lists uploads by their whole key only.
    for (const keyOrPrefix of [prefix, archive]) {
      for await (const upload of this.store.listUploads(keyOrPrefix)) await this.store.abortUpload(upload);
    }
    if (build.uploadId !== null) await this.store.abortUpload({ key: archive, uploadId: build.uploadId });
    await this.deleteObjects(prefix, build.status === 'built' ? archive : undefined);
  }

  private async deleteObjects(prefix: string, kept: string | undefined): Promise<void> {
    for await (const key of this.store.list(prefix)) if (key !== kept) await this.store.delete(key);
  }
}

function after(instant: Date, milliseconds: number): Date {
  return new Date(instant.getTime() + milliseconds);
}
