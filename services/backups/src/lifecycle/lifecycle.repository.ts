import type { FailureCode, Payload, WaitReason } from '@account-backups/contracts';
import { changedAny, changedRows, isNextUnlocked, type Batch } from '@account-backups/database';
import { BY_SYSTEM, Trail, type Happening, type Note } from '@account-backups/service-kit';
import { Injectable } from '@nestjs/common';
import { DataSource, In, type EntityManager, type QueryDeepPartialEntity, type Repository } from 'typeorm';
import { BackupEntity } from '../rows/backup.entity.js';
import { keepScope } from '../rows/kept-scopes.js';
import { forSiteAdmins } from '../rows/scope.entity.js';
import { silentSince } from '../rows/silence.js';

/** A row that somebody must look at. */
export interface BackupRef {
  readonly accountId: string;
  readonly backupId: string;
}

const RUNNING = `account_id = $1 AND backup_id = $2 AND status = 'in_progress'`;
/** Since when it has waited: one that was silent since `$5` waited for a builder. */
const WAITING_SINCE = `COALESCE(waiting_since, CASE WHEN heard_at < $5 THEN heard_at END)`;
/** At `$3` a builder said that it waits for `$4`, or that it goes on. */
const HEARD = `driven_at = $3, heard_at = $3, waiting_for = $4::text,
  waiting_since = CASE WHEN $4::text IS NOT NULL THEN COALESCE(${WAITING_SINCE}, $3) END`;

/** The moves of a backup's life, each one conditional `UPDATE`: it happens once however often it is asked for. */
@Injectable()
export class LifecycleRepository {
  private readonly backups: Repository<BackupEntity>;

  constructor(
    private readonly database: DataSource,
    private readonly trail: Trail,
  ) {
    this.backups = database.getRepository(BackupEntity);
  }

  /** pending → in_progress. */
  claimPending(now: Date, limit: number): Promise<BackupRef[]> {
    const rows = { where: `status = 'pending'`, orderBy: 'account_id' };
    const change = `status = 'in_progress', driven_at = $1, heard_at = $1, advanced_at = $1`;
    return claim(this.database, change, rows, [now, limit]);
  }

  /** Running backups for which no message was sent since `before`; they count as driven from `now` on. */
  claimUndriven(now: Date, before: Date, limit: number): Promise<BackupRef[]> {
    const rows = { where: `status = 'in_progress' AND driven_at < $3`, orderBy: 'driven_at' };
    return claim(this.database, 'driven_at = $1', rows, [now, limit, before]);
  }

  /** completed → expired, once its time has come. */
  expireDue(now: Date, limit: number): Promise<BackupRef[]> {
    const rows = { where: `status = 'completed' AND expires_at <= $1`, orderBy: 'expires_at' };
    return this.trail.transaction(async (manager, note) => {
      const expired = await claim(manager, `status = 'expired', driven_at = $1`, rows, [now, limit]);
      for (const backup of expired) note(happened(backup, now, { action: 'backup.expired' }));
      return expired;
    });
  }

  /** Ended backups whose archive is not yet known to be deleted. */
  claimUndeleted(now: Date, before: Date, limit: number): Promise<BackupRef[]> {
    const where = `status IN ('expired', 'failed') AND archive_deleted_at IS NULL AND driven_at < $3`;
    return claim(this.database, 'driven_at = $1', { where, orderBy: 'driven_at, backup_id' }, [now, limit, before]);
  }

  /** pending → cancelled. */
  cancel(now: Date, backup: BackupRef, by: Happening['by']): Promise<boolean> {
    return this.trail.transaction(async (manager, note) => {
      const change = { status: 'cancelled', sealedPassword: null } as const;
      const isCancelled = await move(manager, backup, 'pending', change);
      if (isCancelled) note(happened(backup, now, { action: 'backup.cancelled', by }));
      return isCancelled;
    });
  }

  /** Progress never goes back, whatever order its messages come in. A wait does not count for its speed. */
  noteProgress(now: Date, fact: Payload<'archive.progressed'>): Promise<boolean> {
    const { accountId, backupId, documents, sizeBytes, ofDocuments, ofSizeBytes, waitingFor = null } = fact;
    return changedAny(
      this.database,
      `UPDATE backups.backups SET
         progress_documents = GREATEST(progress_documents, $6), progress_bytes = GREATEST(progress_bytes, $7),
         of_documents = $8, of_bytes = $9,
         advanced_at = CASE WHEN $6 > COALESCE(progress_documents, -1) OR $7 > progress_bytes THEN $3
           ELSE advanced_at END,
         first_progress_at = COALESCE(first_progress_at + CASE WHEN $4::text IS NULL THEN $3 - ${WAITING_SINCE} END,
           first_progress_at, $3),
         ${HEARD}
       WHERE ${RUNNING}`,
      [accountId, backupId, now, waitingFor, silentSince(now), documents, sizeBytes, ofDocuments, ofSizeBytes],
    );
  }

  /** What a builder says of a build without a plan. False when it says nothing new. */
  async noteWaiting(now: Date, { accountId, backupId, waitingFor }: Payload<'archive.waiting'>): Promise<boolean> {
    const [row] = await changedRows<{ earlier: WaitReason | null }>(
      this.database,
      `UPDATE backups.backups SET ${HEARD}
       FROM (SELECT waiting_for AS earlier FROM backups.backups WHERE ${RUNNING}) AS before
       WHERE ${RUNNING} RETURNING before.earlier`,
      [accountId, backupId, now, waitingFor, silentSince(now)],
    );
    return row !== undefined && row.earlier !== waitingFor;
  }

  /** in_progress → failed, for those that have not advanced since `before`. */
  failStalled(now: Date, before: Date, limit: number, message: string): Promise<BackupRef[]> {
    const rows = { where: `status = 'in_progress' AND advanced_at < $3`, orderBy: 'advanced_at' };
    const change = `status = 'failed', sealed_password = NULL, driven_at = $1, failure_code = 'waited_too_long',
      failure_message = $4`;
    return this.trail.transaction(async (manager, note) => {
      const failed = await claim(manager, change, rows, [now, limit, before, message]);
      for (const backup of failed) noteFailed(note, backup, now, 'waited_too_long');
      return failed;
    });
  }

  /** How many running backups wait, by what for. */
  async countWaiting(now: Date): Promise<ReadonlyMap<WaitReason, number>> {
    const rows = await this.database.query<{ reason: WaitReason; count: string }[]>(
      `SELECT COALESCE(waiting_for, 'builder') AS reason, count(*) AS count FROM backups.backups
       WHERE status = 'in_progress' AND (waiting_for IS NOT NULL OR heard_at < $1) GROUP BY 1`,
      [silentSince(now)],
    );
    return new Map(rows.map(({ reason, count }) => [reason, Number(count)]));
  }

  /** in_progress → completed; from then on for Site Admins alone when the archive tells of documents in no OU. */
  async complete(fact: Payload<'archive.built'>, expiresAt: Date): Promise<boolean> {
    return this.trail.transaction(async (manager, note) => {
      const hasUnfiled = fact.counts && fact.counts.documents.exceptions > 0;
      const narrowed = hasUnfiled ? await scopeForSiteAdmins(manager, fact) : {};
      const change = { ...narrowed, ...archiveOf(fact), status: 'completed', sealedPassword: null, expiresAt } as const;
      const isCompleted = await move(manager, fact, 'in_progress', change);
      const { documentCount: documents, exceptionCount: exceptions, sizeBytes, sha256 } = fact;
      const details = { documents, exceptions, sizeBytes, sha256, expiresAt: expiresAt.toISOString() };
      if (isCompleted) note(happened(fact, new Date(fact.builtAt), { action: 'backup.completed', details }));
      return isCompleted;
    });
  }

  /** in_progress → failed. */
  fail(now: Date, backup: BackupRef, reason: { code: FailureCode; message: string }): Promise<boolean> {
    const { code: failureCode, message: failureMessage } = reason;
    const change = { status: 'failed', sealedPassword: null, failureCode, failureMessage, drivenAt: now } as const;
    return this.trail.transaction(async (manager, note) => {
      const isFailed = await move(manager, backup, 'in_progress', change);
      if (isFailed) noteFailed(note, backup, now, failureCode);
      return isFailed;
    });
  }

  async noteDeleted(now: Date, { accountId, backupId }: BackupRef): Promise<void> {
    const ended = { accountId, backupId, status: In(['expired', 'failed'] as const) };
    await this.backups.update(ended, { archiveDeletedAt: now });
  }
}

/** Gives each row to one caller. `$1` is now, `$2` how many rows at most. */
function claim(
  connection: Pick<EntityManager, 'query'>,
  change: string,
  rows: Pick<Batch, 'where' | 'orderBy'>,
  values: readonly unknown[],
): Promise<BackupRef[]> {
  const batch = { table: 'backups.backups', key: 'backup_id', limit: '$2', ...rows };
  return changedRows(
    connection,
    `UPDATE backups.backups SET ${change} WHERE ${isNextUnlocked(batch)}
     RETURNING account_id AS "accountId", backup_id AS "backupId"`,
    values,
  );
}

/** False when the backup has left the status `from` already. */
async function move(
  manager: EntityManager,
  { accountId, backupId }: BackupRef,
  from: BackupEntity['status'],
  change: QueryDeepPartialEntity<BackupEntity>,
): Promise<boolean> {
  const { affected } = await manager.update(BackupEntity, { accountId, backupId, status: from }, change);
  return affected === 1;
}

/** Nothing for a backup of some OUs: its archive tells of none beside them. */
async function scopeForSiteAdmins(
  manager: EntityManager,
  { accountId, backupId }: BackupRef,
): Promise<Partial<Pick<BackupEntity, 'orgUnitIds' | 'scopeKey'>>> {
  const backup = await manager.findOne(BackupEntity, {
    select: { orgUnitIds: true },
    where: { accountId, backupId, allOrgUnits: true },
  });
  if (!backup) return {};
  const orgUnitIds = forSiteAdmins(backup.orgUnitIds);
  return { orgUnitIds, scopeKey: await keepScope(manager, accountId, orgUnitIds) };
}

function archiveOf(fact: Payload<'archive.built'>) {
  const { objectKey, fileName, documentCount, exceptionCount, counts } = fact;
  const archive = { completedAt: fact.builtAt, archiveBytes: fact.sizeBytes, archiveSha256: fact.sha256 };
  return { ...archive, objectKey, fileName, documentCount, exceptionCount, counts };
}

/** By nobody, unless it is said. */
function happened(
  { accountId, backupId }: BackupRef,
  at: Date,
  what: Pick<Happening, 'action' | 'details' | 'outcome'> & Partial<Pick<Happening, 'by'>>,
): Happening {
  return { chainId: accountId, at, by: BY_SYSTEM, subject: `backup/${backupId}`, ...what };
}

function noteFailed(note: Note, backup: BackupRef, at: Date, code: FailureCode): void {
  note(happened(backup, at, { action: 'backup.failed', outcome: 'failed', details: { code } }));
}
