import type { ArchiveCounts, FailureCode, WaitReason } from '@account-backups/contracts';
import { bigintAsNumber } from '@account-backups/database';
import { Check, Column, Entity, Index, PrimaryColumn } from 'typeorm';
import type { BuildFacts } from './build-facts.js';

/** `planning → building → built → deleted`, or `failed` from the first two, then `deleted`. */
type BuildStatus = 'planning' | 'building' | 'built' | 'failed' | 'deleted';

/** The making of one archive. */
@Entity({ name: 'builds' })
@Check('builds_status', `status IN ('planning', 'building', 'built', 'failed', 'deleted')`)
@Check('builds_planned', `status NOT IN ('building', 'built') OR facts IS NOT NULL`)
@Index('builds_of_backup', ['backupId'], { unique: true })
@Index('builds_unswept', ['sweepAt'], { where: 'sweep_at IS NOT NULL' })
@Index('builds_unfinished', ['drivenAt'], { where: `status IN ('planning', 'building')` })
export class BuildEntity {
  @PrimaryColumn({ name: 'build_id', type: 'uuid' })
  readonly buildId!: string;

  @Column({ name: 'backup_id', type: 'uuid' })
  readonly backupId!: string;

  @Column({ name: 'account_id', type: 'text' })
  readonly accountId!: string;

  @Column({ name: 'status', type: 'text' })
  readonly status!: BuildStatus;

  @Column({ name: 'created_at', type: 'timestamptz' })
  readonly createdAt!: Date;

  /** When this build was last driven. */
  @Column({ name: 'driven_at', type: 'timestamptz' })
  readonly drivenAt!: Date;

  /** The random part of the keys of all objects of this build; each attempt at planning gets a new one. */
  @Column({ name: 'key_part', type: 'text' })
  readonly keyPart!: string;

  @Column({ name: 'lease_until', type: 'timestamptz', nullable: true })
  readonly leaseUntil!: Date | null;

  /** Grows with each claim; a builder whose number is not the newest has lost the work. */
  @Column({ name: 'fence', type: 'integer', default: 0 })
  readonly fence!: number;

  @Column({ name: 'attempts', type: 'integer', default: 0 })
  readonly attempts!: number;

  @Column({ name: 'not_before', type: 'timestamptz', nullable: true })
  readonly notBefore!: Date | null;

  /** Why the last piece of work was given back; null once one has succeeded. */
  @Column({ name: 'waiting_for', type: 'text', nullable: true })
  readonly waitingFor!: WaitReason | null;

  @Column({ name: 'upload_id', type: 'text', nullable: true })
  readonly uploadId!: string | null;

  /** What was planned; never changed afterwards. */
  @Column({ name: 'facts', type: 'jsonb', nullable: true })
  readonly facts!: BuildFacts | null;

  @Column({ name: 'archive_bytes', type: 'bigint', nullable: true, transformer: bigintAsNumber })
  readonly archiveBytes!: number | null;

  @Column({ name: 'archive_sha256', type: 'text', nullable: true })
  readonly archiveSha256!: string | null;

  @Column({ name: 'exception_count', type: 'bigint', nullable: true, transformer: bigintAsNumber })
  readonly exceptionCount!: number | null;

  @Column({ name: 'counts', type: 'jsonb', nullable: true })
  readonly counts!: ArchiveCounts | null;

  @Column({ name: 'built_at', type: 'timestamptz', nullable: true })
  readonly builtAt!: Date | null;

  @Column({ name: 'failure_code', type: 'text', nullable: true })
  readonly failureCode!: FailureCode | null;

  @Column({ name: 'failure_message', type: 'text', nullable: true })
  readonly failureMessage!: string | null;

  /** When to look for leftovers in the store; set when the build ends. */
  @Column({ name: 'sweep_at', type: 'timestamptz', nullable: true })
  readonly sweepAt!: Date | null;

  @Column({ name: 'sweeps', type: 'integer', default: 0 })
  readonly sweeps!: number;
}
