import type { Payload } from '@account-backups/contracts';
import { Bus } from '@account-backups/messaging';
import type { ObjectStore } from '@account-backups/object-store';
import { Inject, Injectable, Logger } from '@nestjs/common';
import type { BuildEntity } from './build.entity.js';
import { buildObjects } from './build-objects.js';
import { BuildsRepository } from './builds.repository.js';
import { OBJECT_STORE } from './object-store.provider.js';

/** Leaves nothing in the object store that nobody needs. */
@Injectable()
export class CleanUpService {
  private readonly logger = new Logger(CleanUpService.name);

  constructor(
    private readonly builds: BuildsRepository,
    private readonly bus: Bus,
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

  /** What only the making of an archive needed. */
  async dropWorkingObjects(build: BuildEntity): Promise<void> {
    await this.deleteObjects(buildObjects.prefix(build), buildObjects.archive(build));
  }

  private async deleteObjects(prefix: string, kept: string | undefined): Promise<void> {
    for await (const { key } of this.store.list(prefix)) if (key !== kept) await this.store.delete(key);
  }
}
