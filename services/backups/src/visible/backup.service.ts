import {
  AppError,
  type Access,
  type BackupRecord,
  type BackupView,
  type DownloadableArchive,
  type Payload,
  type Reply,
} from '@account-backups/contracts';
import { Bus } from '@account-backups/messaging';
import { byPerson, Clock } from '@account-backups/service-kit';
import { Injectable, Logger } from '@nestjs/common';
import { LifecycleRepository } from '../lifecycle/lifecycle.repository.js';
import type { BackupEntity } from '../rows/backup.entity.js';
import { BackupsRepository } from '../rows/backups.repository.js';
import { cursorAt, cursorTo, pageEndOf, placeOf } from '../rows/page-cursor.js';
import { shown } from '../rows/shown-backup.js';
import { sightOf } from '../rows/visibility.js';
import { backupRecord } from './backup-record.js';
import { backupView } from './backup-view.js';
import { downloadableArchive } from './downloadable-archive.js';

interface Who {
  readonly accountId: string;
  readonly userId: string;
}
type Which = Who & { readonly backupId: string };

/** What people do with backups that they may see: look, cancel, take, prove. */
@Injectable()
export class BackupService {
  private readonly logger = new Logger(BackupService.name);

  constructor(
    private readonly backups: BackupsRepository,
    private readonly lifecycle: LifecycleRepository,
    private readonly bus: Bus,
    private readonly clock: Clock,
  ) {}

  async list({ cursor, limit, status, ...who }: Payload<'backups.list'>): Promise<Reply<'backups.list'>> {
    const after = cursor === null ? null : pageEndOf(cursor);
    const sight = sightOf(await this.accessOf(who));
    const now = await this.clock.now();
    const rows = await this.backups.pageOfVisible({ sight, status, now, after, limit });
    const items = rows.slice(0, limit);
    const last = items.at(-1);
    return {
      items: items.map((row) => backupView(row, now)),
      nextCursor: rows.length > limit && last ? cursorAt(last) : null,
    };
  }

  async get(which: Which): Promise<BackupView> {
    const { backup } = await this.getVisible(which);
    return this.view(backup);
  }

  async listOrgUnits({
    cursor,
    limit,
    ...which
  }: Payload<'backups.list-org-units'>): Promise<Reply<'backups.list-org-units'>> {
    const from = cursor === null ? 0 : placeOf(cursor);
    const { orgUnits } = (await this.getVisible(which)).backup.scope;
    const items = orgUnits.slice(from, from + limit).map(({ orgUnitId, name }) => ({ orgUnitId, name }));
    // The set is frozen: a place in it is always the same OU.
    return { items, nextCursor: from + limit < orgUnits.length ? cursorTo(from + limit) : null };
  }

  async cancel({ calledBy, ...which }: Payload<'backups.cancel'>): Promise<BackupView> {
    const { backup, access } = await this.getVisible(which);
    const { accountId, backupId } = backup;
    const by = byPerson(which.userId, access.user.name, calledBy);
    if (!(await this.lifecycle.cancel(await this.clock.now(), { accountId, backupId }, by))) {
      const { status } = (await this.getVisible(which)).backup;
      throw new AppError('BACKUP_NOT_PENDING', `backup ${backupId} is ${status}, expected pending`);
    }
    this.logger.log({ event: 'backup.cancelled', accountId, backupId, userId: which.userId });
    await this.bus.signal('backup.changed', { accountId, backupId });
    return this.view(await this.backups.get(accountId, backupId));
  }

  async getArchive(which: Which): Promise<DownloadableArchive> {
    const { backup, access } = await this.getVisible(which);
    return downloadableArchive(backup, await this.view(backup), access.user.name);
  }

  async checkVisible({ asked }: Payload<'backups.check-visible'>): Promise<Reply<'backups.check-visible'>> {
    const people = new Map(
      asked.map(({ accountId, userId }) => [personKey({ accountId, userId }), { accountId, userId }]),
    );
    const seen = new Map<string, ReadonlySet<string>>();
    for (const [key, who] of people) {
      const those = asked.filter((one) => personKey(one) === key).map(({ backupId }) => backupId);
      seen.set(key, await this.seenOf(who, those));
    }
    return { visible: asked.map((one) => seen.get(personKey(one))?.has(one.backupId) ?? false) };
  }

  /** Also of an expired backup: its row outlives the archive. */
  async getRecord(which: Which): Promise<BackupRecord> {
    const { backup, access } = await this.getVisible(which);
    return backupRecord(backup, await this.view(backup), access, await this.clock.now());
  }

  /** Those of the backups that are in sight; none for who is unknown or inactive. */
  private async seenOf(who: Who, backupIds: readonly string[]): Promise<ReadonlySet<string>> {
    try {
      return await this.backups.visibleOf(sightOf(await this.accessOf(who)), backupIds);
    } catch (error) {
      if (AppError.is(error, 'NOT_FOUND')) return new Set();
      throw error;
    }
  }

  private async getVisible(which: Which): Promise<{ backup: BackupEntity; access: Access }> {
    const access = await this.accessOf(which);
    return { backup: await this.backups.getVisible(sightOf(access), which.backupId), access };
  }

  private accessOf({ accountId, userId }: Who): Promise<Access> {
    return this.bus.request('permissions.get-access', { accountId, userId });
  }

  private async view(backup: BackupEntity): Promise<BackupView> {
    return backupView(shown(backup), await this.clock.now());
  }
}

// No id has a space.
function personKey({ accountId, userId }: Who): string {
  return `${accountId} ${userId}`;
}
