import type { BackupStatus } from '@account-backups/contracts';
import { isUniqueViolation } from '@account-backups/database';
import { Injectable } from '@nestjs/common';
import { DataSource, type Repository } from 'typeorm';
import { BackupEntity } from './backup.entity.js';
import type { PageCursor } from './page-cursor.js';
import type { Sight } from './visibility.js';

export interface PageQuestion {
  readonly sight: Sight;
  readonly status: BackupStatus | null;
  /** Decides which completed ones count as expired already. */
  readonly now: Date;
  readonly after: PageCursor | null;
  readonly limit: number;
}

/** What a new row starts from. */
export type NewBackup = Pick<
  BackupEntity,
  | 'backupId'
  | 'accountId'
  | 'createdAt'
  | 'requestedById'
  | 'requestedByName'
  | 'allOrgUnits'
  | 'scope'
  | 'includeActive'
  | 'includeInactive'
  | 'excludeSuperseded'
  | 'sealedPassword'
  | 'idempotencyKey'
  | 'requestFingerprint'
>;

@Injectable()
export class BackupsRepository {
  private readonly backups: Repository<BackupEntity>;

  constructor(database: DataSource) {
    this.backups = database.getRepository(BackupEntity);
  }

  /** False when the account has a pending backup already, or the idempotency key was used meanwhile. */
  async insertPending(backup: NewBackup): Promise<boolean> {
    try {
      await this.backups.insert({
        ...backup,
        status: 'pending',
        orgUnitIds: backup.scope.orgUnits.map(({ orgUnitId }) => orgUnitId),
        passwordProtected: backup.sealedPassword !== null,
      });
      return true;
    } catch (error) {
      if (isUniqueViolation(error)) return false;
      throw error;
    }
  }

  hasPending(accountId: string): Promise<boolean> {
    return this.backups.existsBy({ accountId, status: 'pending' });
  }

  findByIdempotencyKey(accountId: string, requestedById: string, idempotencyKey: string): Promise<BackupEntity | null> {
    return this.backups.findOneBy({ accountId, requestedById, idempotencyKey });
  }

  find(accountId: string, backupId: string): Promise<BackupEntity | null> {
    return this.backups.findOneBy({ accountId, backupId });
  }

  findVisible(sight: Sight, backupId: string): Promise<BackupEntity | null> {
    return this.visible(sight).andWhere('b.backupId = :backupId', { backupId }).getOne();
  }

  /** One row more than `limit` where there is a next page. */
  pageOfVisible({ sight, status, now, after, limit }: PageQuestion): Promise<BackupEntity[]> {
    const page = this.visible(sight);
    if (status !== null) page.andWhere(shownAs(status), { status, now });
    if (after !== null) page.andWhere('(b.createdAt, b.backupId) < (:createdAt, :backupId)', { ...after });
    return page
      .orderBy('b.createdAt', 'DESC')
      .addOrderBy('b.backupId', 'DESC')
      .limit(limit + 1)
      .getMany();
  }

  private visible(sight: Sight) {
    const query = this.backups
      .createQueryBuilder('b')
      .where('b.accountId = :accountId', { accountId: sight.accountId });
    if (sight.everything) return query;
    return query.andWhere('b.orgUnitIds <@ CAST(:permitted AS text[])', { permitted: [...sight.orgUnitIds] });
  }
}

/** As `backupView` shows it: exact to the second, whenever the next tick comes. */
function shownAs(status: BackupStatus): string {
  if (status === 'completed') return `b.status = 'completed' AND b.expiresAt > :now`;
  if (status === 'expired') return `(b.status = 'expired' OR (b.status = 'completed' AND b.expiresAt <= :now))`;
  return 'b.status = :status';
}
