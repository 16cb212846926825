import { AppError, type CalledBy } from '@account-backups/contracts';
import { isUniqueViolation } from '@account-backups/database';
import { byPerson, Trail, type Happening } from '@account-backups/service-kit';
import { Injectable } from '@nestjs/common';
import { DataSource, In, type FindOptionsSelect, type Repository, type SelectQueryBuilder } from 'typeorm';
import { BackupEntity } from './backup.entity.js';
import { keepScope } from './kept-scopes.js';
import { SHOWN_SCOPES, type ShownBackup } from './shown-backup.js';
import type { Sight } from './visibility.js';
import {
  isWithin,
  newestOfAccount,
  newestOfVisibleScopes,
  visibleAmongNewest,
  type PageQuestion,
  type Query,
} from './visible-page.js';

/** What a new row is made of. */
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

  constructor(
    private readonly database: DataSource,
    private readonly trail: Trail,
  ) {
    this.backups = database.getRepository(BackupEntity);
  }

  /** False when the account already has a pending backup, or the idempotency key has just been used. */
  async insertPending(backup: NewBackup, calledBy: CalledBy | undefined): Promise<boolean> {
    const { accountId } = backup;
    const orgUnitIds = backup.scope.orgUnits.map(({ orgUnitId }) => orgUnitId);
    const passwordProtected = backup.sealedPassword !== null;
    try {
      await this.trail.transaction(async (rows, note) => {
        const scopeKey = await keepScope(rows, accountId, orgUnitIds);
        const row = { ...backup, status: 'pending', orgUnitIds, scopeKey, passwordProtected } as const;
        await rows.insert(BackupEntity, row);
        note(requested(backup, calledBy));
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

  /** Throws `NOT_FOUND` when there is no such backup. */
  async get(accountId: string, backupId: string): Promise<BackupEntity> {
    return found(await this.backups.findOneBy({ accountId, backupId }), backupId);
  }

  /** Throws `NOT_FOUND` for a backup that is out of sight, too. */
  async getVisible(sight: Sight, backupId: string): Promise<BackupEntity> {
    return found(await this.inSight(sight, [backupId]).getOne(), backupId);
  }

  /** Those of them that are in sight. */
  async visibleOf(sight: Sight, backupIds: readonly string[]): Promise<ReadonlySet<string>> {
    const rows = await this.inSight(sight, backupIds).select('b.backupId').getMany();
    return new Set(rows.map(({ backupId }) => backupId));
  }

  /** One row more than `limit` where there is a next page. */
  async pageOfVisible(asked: PageQuestion): Promise<ShownBackup[]> {
    const question = { ...asked, limit: asked.limit + 1 };
    if (asked.sight.everything) return this.inOrder(newestOfAccount(question));
    const near = await this.inOrder(visibleAmongNewest(question));
    return near.length === question.limit ? near : this.inOrder(newestOfVisibleScopes(question));
  }

  private inSight(sight: Sight, backupIds: readonly string[]): SelectQueryBuilder<BackupEntity> {
    const query = this.backups
      .createQueryBuilder('b')
      .where('b.accountId = :accountId', { accountId: sight.accountId })
      .andWhere('b.backupId = ANY(:backupIds::uuid[])', { backupIds });
    if (sight.everything) return query;
    return query.andWhere(isWithin(':permitted'), { permitted: [...sight.orgUnitIds] });
  }

  private async inOrder({ sql, values }: Query): Promise<ShownBackup[]> {
    const page = await this.database.query<{ backup_id: string }[]>(sql, [...values]);
    const ids = page.map(({ backup_id }) => backup_id);
    if (ids.length === 0) return [];
    const scopes = await this.database.query<ShownScope[]>(SHOWN_SCOPES, [ids]);
    const rows = await this.backups.find({ select: this.withoutScope(), where: { backupId: In(ids) } });
    const scopeOf = new Map(scopes.map(({ backupId, ...scope }) => [backupId, scope]));
    const shownRows = new Map(
      rows.flatMap((row) => {
        const scope = scopeOf.get(row.backupId);
        return scope ? [[row.backupId, Object.assign(row, scope)] as const] : [];
      }),
    );
    return ids.flatMap((id) => shownRows.get(id) ?? []);
  }

  // A frozen set of thousands of OUs, times the rows of a page, would be megabytes.
  private withoutScope(): FindOptionsSelect<BackupEntity> {
    const names = this.backups.metadata.columns.map(({ propertyName }) => propertyName);
    const kept = names.filter((name) => name !== 'scope' && name !== 'orgUnitIds');
    return Object.fromEntries(kept.map((name) => [name, true]));
  }
}

function requested(backup: NewBackup, calledBy: CalledBy | undefined): Happening {
  const { accountId: chainId, backupId, createdAt: at, requestedById, requestedByName } = backup;
  const { allOrgUnits, includeActive, includeInactive, excludeSuperseded } = backup;
  return {
    chainId,
    at,
    action: 'backup.requested',
    by: byPerson(requestedById, requestedByName, calledBy),
    subject: `backup/${backupId}`,
    details: {
      allOrgUnits,
      orgUnits: backup.scope.orgUnits.length,
      includeActive,
      includeInactive,
      excludeSuperseded,
      passwordProtected: backup.sealedPassword !== null,
    },
  };
}

type ShownScope = Pick<ShownBackup, 'backupId' | 'orgUnits' | 'orgUnitCount'>;

function found(backup: BackupEntity | null, backupId: string): BackupEntity {
  if (!backup) throw new AppError('NOT_FOUND', `backup ${backupId} is not there`);
  return backup;
}
