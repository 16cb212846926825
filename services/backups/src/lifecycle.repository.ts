import type { FailureCode, Payload } from '@account-backups/contracts';
import { Injectable } from '@nestjs/common';
import { DataSource } from 'typeorm';

/** A row that somebody must look at. */
export interface BackupRef {
  readonly accountId: string;
  readonly backupId: string;
}

const REF = 'account_id AS "accountId", backup_id AS "backupId"';

/** The moves of a backup's life, each one conditional `UPDATE`: it happens once however often it is asked for. */
@Injectable()
export class LifecycleRepository {
  constructor(private readonly database: DataSource) {}

  /** pending → in_progress, at most `limit` rows; several callers share the rows between them. */
  claimPending(now: Date, limit: number): Promise<BackupRef[]> {
    return this.update(
      `UPDATE backups SET status = 'in_progress', driven_at = $1
       WHERE backup_id IN (
         SELECT backup_id FROM backups WHERE status = 'pending' ORDER BY account_id LIMIT $2 FOR UPDATE SKIP LOCKED)
       RETURNING ${REF}`,
      [now, limit],
    );
  }

  /** Running backups that no message was sent for since `before`; they count as driven from `now` on. */
  claimUndriven(now: Date, before: Date, limit: number): Promise<BackupRef[]> {
    return this.update(
      `UPDATE backups SET driven_at = $1
       WHERE backup_id IN (
         SELECT backup_id FROM backups WHERE status = 'in_progress' AND driven_at < $2
         ORDER BY driven_at LIMIT $3 FOR UPDATE SKIP LOCKED)
       RETURNING ${REF}`,
      [now, before, limit],
    );
  }

  /** completed → expired where the time has come. */
  expireDue(now: Date, limit: number): Promise<BackupRef[]> {
    return this.update(
      `UPDATE backups SET status = 'expired', driven_at = $1
       WHERE backup_id IN (
         SELECT backup_id FROM backups WHERE status = 'completed' AND expires_at <= $1
         ORDER BY expires_at LIMIT $2 FOR UPDATE SKIP LOCKED)
       RETURNING ${REF}`,
      [now, limit],
    );
  }

  /** Ended backups whose archive nobody has yet said to be deleted. */
  claimUndeleted(now: Date, before: Date, limit: number): Promise<BackupRef[]> {
    return this.update(
      `UPDATE backups SET driven_at = $1
       WHERE backup_id IN (
         SELECT backup_id FROM backups
         WHERE status IN ('expired', 'failed') AND archive_deleted_at IS NULL AND driven_at < $2
         ORDER BY driven_at, backup_id LIMIT $3 FOR UPDATE SKIP LOCKED)
       RETURNING ${REF}`,
      [now, before, limit],
    );
  }

  /** pending → cancelled; false when it is no longer pending. */
  async cancel({ accountId, backupId }: BackupRef): Promise<boolean> {
    const moved = await this.update(
      `UPDATE backups SET status = 'cancelled', sealed_password = NULL
       WHERE account_id = $1 AND backup_id = $2 AND status = 'pending' RETURNING ${REF}`,
      [accountId, backupId],
    );
    return moved.length > 0;
  }

  /** Progress never goes back, whatever order its messages come in. */
  async noteProgress(now: Date, fact: Payload<'archive.progressed'>): Promise<boolean> {
    const moved = await this.update(
      `UPDATE backups SET
         progress_documents = GREATEST(progress_documents, $3), progress_bytes = GREATEST(progress_bytes, $4),
         of_documents = $5, of_bytes = $6, driven_at = $7, first_progress_at = COALESCE(first_progress_at, $7)
       WHERE account_id = $1 AND backup_id = $2 AND status = 'in_progress' RETURNING ${REF}`,
      [fact.accountId, fact.backupId, fact.documents, fact.sizeBytes, fact.ofDocuments, fact.ofSizeBytes, now],
    );
    return moved.length > 0;
  }

  /** in_progress → completed. */
  async complete(fact: Payload<'archive.built'>, expiresAt: Date): Promise<boolean> {
    const moved = await this.update(
      `UPDATE backups SET status = 'completed', sealed_password = NULL, completed_at = $3, expires_at = $4,
         object_key = $5, archive_bytes = $6, archive_sha256 = $7, file_name = $8,
         document_count = $9, exception_count = $10, counts = $11
       WHERE account_id = $1 AND backup_id = $2 AND status = 'in_progress' RETURNING ${REF}`,
      [
        fact.accountId,
        fact.backupId,
        fact.builtAt,
        expiresAt,
        fact.objectKey,
        fact.sizeBytes,
        fact.sha256,
        fact.fileName,
        fact.documentCount,
        fact.exceptionCount,
        fact.counts,
      ],
    );
    return moved.length > 0;
  }

  /** in_progress → failed. */
  async fail(
    now: Date,
    { accountId, backupId }: BackupRef,
    reason: { code: FailureCode; message: string },
  ): Promise<boolean> {
    const moved = await this.update(
      `UPDATE backups SET status = 'failed', sealed_password = NULL, failure_code = $3, failure_message = $4, driven_at = $5
       WHERE account_id = $1 AND backup_id = $2 AND status = 'in_progress' RETURNING ${REF}`,
      [accountId, backupId, reason.code, reason.message, now],
    );
    return moved.length > 0;
  }

  async noteDeleted(now: Date, { accountId, backupId }: BackupRef): Promise<void> {
    await this.update(
      `UPDATE backups SET archive_deleted_at = $3
       WHERE account_id = $1 AND backup_id = $2 AND status IN ('expired', 'failed') RETURNING ${REF}`,
      [accountId, backupId, now],
    );
  }

  // TypeORM gives [rows, count] for an UPDATE.
  private async update(sql: string, values: readonly unknown[]): Promise<BackupRef[]> {
    const [rows] = await this.database.query<[BackupRef[], number]>(sql, [...values]);
    return rows;
  }
}
