import { randomUUID } from 'node:crypto';
import {
  AppError,
  type BackupRecord,
  type BackupView,
  type DownloadableArchive,
  type Payload,
  type Reply,
} from '@account-backups/contracts';
import { Bus } from '@account-backups/messaging';
import { Clock } from '@account-backups/service-kit';
import { Injectable, Logger } from '@nestjs/common';
import type { BackupEntity } from './backup.entity.js';
import { backupRecord } from './backup-record.js';
import { backupView } from './backup-view.js';
import { BackupsRepository } from './backups.repository.js';
import { LifecycleRepository } from './lifecycle.repository.js';
import { decodeCursor, encodeCursor } from './page-cursor.js';
import { RequestRulesService, type ResolvedRequest } from './request-rules.service.js';
import { sightOf, type Sight } from './visibility.js';

interface Who {
  readonly accountId: string;
  readonly userId: string;
}
type Which = Who & { readonly backupId: string };

/** What people do with backups: request, look, cancel, take. */
@Injectable()
export class BackupService {
  private readonly logger = new Logger(BackupService.name);

  constructor(
    private readonly backups: BackupsRepository,
    private readonly lifecycle: LifecycleRepository,
    private readonly rules: RequestRulesService,
    private readonly bus: Bus,
    private readonly clock: Clock,
  ) {}

  async create(asked: Payload<'backups.create'>): Promise<Reply<'backups.create'>> {
    const earlier = await this.repeated(asked);
    if (earlier) return earlier;
    const resolved = await this.rules.resolve(asked.accountId, asked.userId, asked.request);
    await this.rules.refuseUnlessSubscribed(resolved);
    const backupId = randomUUID();
    // The row itself decides whether another one is pending: whoever asks before could be overtaken.
    if (!(await this.backups.insertPending(this.newBackup(backupId, asked, resolved)))) {
      const repeated = await this.repeated(asked);
      if (repeated) return repeated;
      throw alreadyPending();
    }
    this.logger.log({ event: 'backup.requested', accountId: asked.accountId, backupId, userId: asked.userId });
    await this.bus.signal('backup.changed', { accountId: asked.accountId, backupId });
    return { backup: this.view(await this.mustFind(asked.accountId, backupId)), created: true };
  }

  async estimate({ accountId, userId, request }: Payload<'backups.estimate'>): Promise<Reply<'backups.estimate'>> {
    const { scope } = await this.rules.resolve(accountId, userId, request);
    const { includeActive, includeInactive, excludeSuperseded } = request;
    const orgUnitIds = scope.orgUnits.map(({ orgUnitId }) => orgUnitId);
    const selection = { orgUnitIds, includeActive, includeInactive, excludeSuperseded };
    const measured = await this.bus.request('documents.measure', { accountId, selection });
    return { documentCount: measured.documentCount, fileCount: measured.fileCount, sizeBytes: measured.sizeBytes };
  }

  async list({ cursor, limit, status, ...who }: Payload<'backups.list'>): Promise<Reply<'backups.list'>> {
    const after = cursor === null ? null : decodeCursor(cursor);
    const sight = await this.sight(who);
    const rows = await this.backups.pageOfVisible({ sight, status, now: this.clock.now(), after, limit });
    const items = rows.slice(0, limit);
    const last = items.at(-1);
    return {
      items: items.map((row) => this.view(row)),
      nextCursor: rows.length > limit && last ? encodeCursor(last) : null,
    };
  }

  async get(which: Which): Promise<BackupView> {
    return this.view(await this.getVisible(which));
  }

  async cancel(which: Which): Promise<BackupView> {
    const { accountId, backupId } = await this.getVisible(which);
    if (!(await this.lifecycle.cancel({ accountId, backupId }))) {
      const { status } = await this.getVisible(which);
      throw new AppError('BACKUP_NOT_PENDING', `backup ${backupId} is ${status}, expected pending`);
    }
    this.logger.log({ event: 'backup.cancelled', accountId, backupId, userId: which.userId });
    await this.bus.signal('backup.changed', { accountId, backupId });
    return this.view(await this.mustFind(accountId, backupId));
  }

  async getArchive(which: Which): Promise<DownloadableArchive> {
    const access = await this.bus.request('permissions.get-access', {
      accountId: which.accountId,
      userId: which.userId,
    });
    const backup = await this.backups.findVisible(sightOf(access), which.backupId);
    if (!backup) throw notFound(which.backupId);
    return downloadable(backup, this.view(backup), access.user.name);
  }

  /** Of a completed or an expired backup: its row outlives the archive. */
  async getRecord(which: Which): Promise<BackupRecord> {
    const { accountId, userId, backupId } = which;
    const access = await this.bus.request('permissions.get-access', { accountId, userId });
    const backup = await this.backups.findVisible(sightOf(access), backupId);
    if (!backup) throw notFound(backupId);
    return backupRecord(backup, this.view(backup), access);
  }

  private newBackup(
    backupId: string,
    asked: Payload<'backups.create'>,
    { access, scope, allOrgUnits }: ResolvedRequest,
  ) {
    return {
      backupId,
      accountId: asked.accountId,
      createdAt: this.clock.now(),
      requestedById: asked.userId,
      requestedByName: access.user.name,
      allOrgUnits,
      scope,
      ...asked.request,
      sealedPassword: asked.sealedPassword,
      idempotencyKey: asked.idempotencyKey,
      requestFingerprint: asked.requestFingerprint,
    };
  }

  /** What the same request gave before, if the requester may still see it; null for a request of its own. */
  private async repeated(asked: Payload<'backups.create'>): Promise<Reply<'backups.create'> | null> {
    const { accountId, userId, idempotencyKey } = asked;
    if (idempotencyKey === null) return null;
    const earlier = await this.backups.findByIdempotencyKey(accountId, userId, idempotencyKey);
    if (!earlier) return null;
    const sight = await this.sight({ accountId, userId });
    if (earlier.requestFingerprint !== asked.requestFingerprint) {
      throw new AppError('IDEMPOTENCY_KEY_REUSED', 'the Idempotency-Key was used for another request before');
    }
    const visible = await this.backups.findVisible(sight, earlier.backupId);
    if (!visible) throw notFound(earlier.backupId);
    return { backup: this.view(visible), created: false };
  }

  private async getVisible(which: Which): Promise<BackupEntity> {
    const backup = await this.backups.findVisible(await this.sight(which), which.backupId);
    if (!backup) throw notFound(which.backupId);
    return backup;
  }

  private async mustFind(accountId: string, backupId: string): Promise<BackupEntity> {
    const backup = await this.backups.find(accountId, backupId);
    if (!backup) throw notFound(backupId);
    return backup;
  }

  private async sight({ accountId, userId }: Who): Promise<Sight> {
    return sightOf(await this.bus.request('permissions.get-access', { accountId, userId }));
  }

  private view(backup: BackupEntity): BackupView {
    return backupView(backup, this.clock.now());
  }
}

function downloadable(backup: BackupEntity, view: BackupView, userName: string): DownloadableArchive {
  if (view.status === 'expired') throw new AppError('BACKUP_EXPIRED', `backup ${backup.backupId} has expired`);
  const { archive, downloadExpiresAt } = view;
  if (view.status !== 'completed' || !archive || !downloadExpiresAt || !backup.objectKey || !backup.completedAt) {
    throw new AppError('BACKUP_NOT_COMPLETED', `backup ${backup.backupId} is ${view.status}, expected completed`);
  }
  return {
    backupId: backup.backupId,
    userName,
    objectKey: backup.objectKey,
    ...archive,
    completedAt: backup.completedAt.toISOString(),
    expiresAt: downloadExpiresAt,
  };
}

function alreadyPending(): AppError {
  return new AppError(
    'BACKUP_ALREADY_PENDING',
    'the account has a pending backup; it must start or be cancelled first',
  );
}

function notFound(backupId: string): AppError {
  return new AppError('NOT_FOUND', `backup ${backupId} is not there`);
}
