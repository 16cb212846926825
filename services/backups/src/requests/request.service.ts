import { randomUUID } from 'node:crypto';
import { AppError, type Payload, type Reply } from '@account-backups/contracts';
import { Bus, refuseIfLate } from '@account-backups/messaging';
import { Clock } from '@account-backups/service-kit';
import { Injectable, Logger } from '@nestjs/common';
import { BackupsRepository, type NewBackup } from '../rows/backups.repository.js';
import { shown } from '../rows/shown-backup.js';
import { sightOf } from '../rows/visibility.js';
import { backupView } from '../visible/backup-view.js';
import { RequestRulesService, type ResolvedRequest } from './request-rules.service.js';

/** How people request a backup, or ask what one would hold. */
@Injectable()
export class RequestService {
  private readonly logger = new Logger(RequestService.name);

  constructor(
    private readonly backups: BackupsRepository,
    private readonly rules: RequestRulesService,
    private readonly bus: Bus,
    private readonly clock: Clock,
  ) {}

  async create(asked: Payload<'backups.create'>): Promise<Reply<'backups.create'>> {
    const earlier = await this.repeated(asked);
    if (earlier) return earlier;
    const resolved = await this.rules.resolve(asked.accountId, asked.userId, asked.request);
    await this.rules.refuseUnlessSubscribed(resolved);
    const backup = this.newBackup(asked, resolved, await this.clock.now());
    refuseIfLate();
    // The insert itself decides whether another one is pending: an answer asked for earlier could be out of date.
    if (!(await this.backups.insertPending(backup, asked.calledBy))) return this.repeatedOrRefused(asked);
    const { accountId, backupId } = backup;
    this.logger.log({ event: 'backup.requested', accountId, backupId, userId: asked.userId });
    await this.bus.signal('backup.changed', { accountId, backupId });
    return {
      backup: backupView(shown(await this.backups.get(accountId, backupId)), await this.clock.now()),
      created: true,
    };
  }

  async estimate({ accountId, userId, request }: Payload<'backups.estimate'>): Promise<Reply<'backups.estimate'>> {
    const { scope } = await this.rules.resolve(accountId, userId, request);
    const { includeActive, includeInactive, excludeSuperseded } = request;
    const orgUnitIds = scope.orgUnits.map(({ orgUnitId }) => orgUnitId);
    const selection = { orgUnitIds, includeActive, includeInactive, excludeSuperseded };
    const measured = await this.bus.request('documents.measure', { accountId, selection });
    return { documentCount: measured.documentCount, fileCount: measured.fileCount, sizeBytes: measured.sizeBytes };
  }

  private newBackup(
    { accountId, userId, backupId, request, calledBy: _calledBy, ...kept }: Payload<'backups.create'>,
    { access, scope, allOrgUnits }: ResolvedRequest,
    createdAt: Date,
  ): NewBackup {
    return {
      backupId: backupId ?? randomUUID(),
      accountId,
      createdAt,
      requestedById: userId,
      requestedByName: access.user.name,
      allOrgUnits,
      scope,
      ...request,
      ...kept,
    };
  }

  /** The backup that the same request made before, if the requester may still see it; null for a new request. */
  private async repeated(asked: Payload<'backups.create'>): Promise<Reply<'backups.create'> | null> {
    const { accountId, userId, idempotencyKey } = asked;
    if (idempotencyKey === null) return null;
    const earlier = await this.backups.findByIdempotencyKey(accountId, userId, idempotencyKey);
    if (!earlier) return null;
    const access = await this.bus.request('permissions.get-access', { accountId, userId });
    if (earlier.requestFingerprint !== asked.requestFingerprint) {
      throw new AppError('IDEMPOTENCY_KEY_REUSED', 'the Idempotency-Key was used for another request before');
    }
    const visible = await this.backups.getVisible(sightOf(access), earlier.backupId);
    return { backup: backupView(shown(visible), await this.clock.now()), created: false };
  }

  /** For a request whose row was refused: either it was sent twice at once, or another backup is still pending. */
  private async repeatedOrRefused(asked: Payload<'backups.create'>): Promise<Reply<'backups.create'>> {
    const repeated = await this.repeated(asked);
    if (repeated) return repeated;
    const message = 'the account has a pending backup; it must start or be cancelled first';
    throw new AppError('BACKUP_ALREADY_PENDING', message);
  }
}
