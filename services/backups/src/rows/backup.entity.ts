import type {
  ArchiveCounts,
  BackupStatus,
  FailureCode,
  PermittedOrgUnits,
  WaitReason,
} from '@account-backups/contracts';
import { bigintAsNumber } from '@account-backups/database';
import { Check, Column, Entity, Index, PrimaryColumn } from 'typeorm';

@Entity({ name: 'backups' })
@Check('backups_status', `status IN ('pending', 'in_progress', 'completed', 'expired', 'cancelled', 'failed')`)
@Check('backups_scope', 'cardinality(org_unit_ids) > 0')
@Check('backups_wiped', `sealed_password IS NULL OR status IN ('pending', 'in_progress')`)
@Check('backups_complete', `status <> 'completed' OR (object_key IS NOT NULL AND expires_at IS NOT NULL)`)
@Index('backups_one_pending', ['accountId'], { unique: true, where: `status = 'pending'` })
@Index('backups_idempotency', ['accountId', 'requestedById', 'idempotencyKey'], {
  unique: true,
  where: 'idempotency_key IS NOT NULL',
})
@Index('backups_newest', ['accountId', 'createdAt', 'backupId'])
@Index('backups_in_scope', ['accountId', 'scopeKey', 'createdAt', 'backupId'])
@Index('backups_in_scope_by_status', ['accountId', 'scopeKey', 'status', 'createdAt', 'backupId'])
@Index('backups_by_status', ['accountId', 'status', 'createdAt', 'backupId'])
@Index('backups_sealed', ['backupId'], { where: 'sealed_password IS NOT NULL' })
@Index('backups_running', ['drivenAt'], { where: `status = 'in_progress'` })
@Index('backups_expiring', ['expiresAt'], { where: `status = 'completed'` })
@Index('backups_undeleted', ['drivenAt', 'backupId'], {
  where: `status IN ('expired', 'failed') AND archive_deleted_at IS NULL`,
})
export class BackupEntity {
  @PrimaryColumn({ name: 'backup_id', type: 'uuid' })
  readonly backupId!: string;

  @Column({ name: 'account_id', type: 'text' })
  readonly accountId!: string;

  @Column({ name: 'status', type: 'text' })
  readonly status!: BackupStatus;

  @Column({ name: 'created_at', type: 'timestamptz' })
  readonly createdAt!: Date;

  @Column({ name: 'requested_by_id', type: 'text' })
  readonly requestedById!: string;

  @Column({ name: 'requested_by_name', type: 'text' })
  readonly requestedByName!: string;

  @Column({ name: 'all_org_units', type: 'boolean' })
  readonly allOrgUnits!: boolean;

  /** The frozen set; decides who may see this backup. One for Site Admins alone has a member that is no OU. */
  @Column({ name: 'org_unit_ids', type: 'text', array: true })
  readonly orgUnitIds!: string[];

  /** The row of `scopes` with the same OUs. */
  @Column({ name: 'scope_key', type: 'text' })
  readonly scopeKey!: string;

  /** The frozen set, with names and places as they were when the backup was requested. */
  @Column({ name: 'scope', type: 'jsonb' })
  readonly scope!: PermittedOrgUnits;

  @Column({ name: 'include_active', type: 'boolean' })
  readonly includeActive!: boolean;

  @Column({ name: 'include_inactive', type: 'boolean' })
  readonly includeInactive!: boolean;

  @Column({ name: 'exclude_superseded', type: 'boolean' })
  readonly excludeSuperseded!: boolean;

  @Column({ name: 'password_protected', type: 'boolean' })
  readonly passwordProtected!: boolean;

  /** Wiped in every final state. */
  @Column({ name: 'sealed_password', type: 'text', nullable: true })
  readonly sealedPassword!: string | null;

  @Column({ name: 'idempotency_key', type: 'text', nullable: true })
  readonly idempotencyKey!: string | null;

  @Column({ name: 'request_fingerprint', type: 'text', nullable: true })
  readonly requestFingerprint!: string | null;

  /** When this row was last driven, or last heard of from a builder. */
  @Column({ name: 'driven_at', type: 'timestamptz', nullable: true })
  readonly drivenAt!: Date | null;

  /** When it started, or when a builder last said anything about it. */
  @Column({ name: 'heard_at', type: 'timestamptz', nullable: true })
  readonly heardAt!: Date | null;

  /** When it started, or when its progress last grew. */
  @Column({ name: 'advanced_at', type: 'timestamptz', nullable: true })
  readonly advancedAt!: Date | null;

  /** What the builder says it waits for. */
  @Column({ name: 'waiting_for', type: 'text', nullable: true })
  readonly waitingFor!: WaitReason | null;

  @Column({ name: 'waiting_since', type: 'timestamptz', nullable: true })
  readonly waitingSince!: Date | null;

  @Column({ name: 'progress_documents', type: 'bigint', nullable: true, transformer: bigintAsNumber })
  readonly progressDocuments!: number | null;

  @Column({ name: 'progress_bytes', type: 'bigint', nullable: true, transformer: bigintAsNumber })
  readonly progressBytes!: number | null;

  @Column({ name: 'of_documents', type: 'bigint', nullable: true, transformer: bigintAsNumber })
  readonly ofDocuments!: number | null;

  @Column({ name: 'of_bytes', type: 'bigint', nullable: true, transformer: bigintAsNumber })
  readonly ofBytes!: number | null;

  @Column({ name: 'first_progress_at', type: 'timestamptz', nullable: true })
  readonly firstProgressAt!: Date | null;

  @Column({ name: 'document_count', type: 'bigint', nullable: true, transformer: bigintAsNumber })
  readonly documentCount!: number | null;

  @Column({ name: 'exception_count', type: 'bigint', nullable: true, transformer: bigintAsNumber })
  readonly exceptionCount!: number | null;

  @Column({ name: 'counts', type: 'jsonb', nullable: true })
  readonly counts!: ArchiveCounts | null;

  @Column({ name: 'object_key', type: 'text', nullable: true })
  readonly objectKey!: string | null;

  @Column({ name: 'archive_bytes', type: 'bigint', nullable: true, transformer: bigintAsNumber })
  readonly archiveBytes!: number | null;

  @Column({ name: 'archive_sha256', type: 'text', nullable: true })
  readonly archiveSha256!: string | null;

  @Column({ name: 'file_name', type: 'text', nullable: true })
  readonly fileName!: string | null;

  @Column({ name: 'completed_at', type: 'timestamptz', nullable: true })
  readonly completedAt!: Date | null;

  @Column({ name: 'expires_at', type: 'timestamptz', nullable: true })
  readonly expiresAt!: Date | null;

  @Column({ name: 'archive_deleted_at', type: 'timestamptz', nullable: true })
  readonly archiveDeletedAt!: Date | null;

  @Column({ name: 'failure_code', type: 'text', nullable: true })
  readonly failureCode!: FailureCode | null;

  @Column({ name: 'failure_message', type: 'text', nullable: true })
  readonly failureMessage!: string | null;
}
