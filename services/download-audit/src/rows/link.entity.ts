import { bigintAsNumber } from '@account-backups/database';
import { Check, Column, Entity, Index, PrimaryColumn } from 'typeorm';
import type { LinkKind } from './link.js';

/** One link of an account's chain. A trigger refuses to change or remove a row. */
@Entity({ name: 'links' })
@Check('links_kind', `kind IN ('started', 'range_begun', 'range_ended', 'range_lost', 'tallied', 'recorded')`)
@Check('links_transfer', `(transfer_id IS NULL) = (kind IN ('started', 'tallied', 'recorded'))`)
@Check('links_download', `(kind = 'recorded') = (backup_id IS NULL) AND (kind = 'recorded') = (download_id IS NULL)`)
@Index('links_started', ['accountId', 'backupId', 'sequence'], { where: `kind = 'started'` })
@Index('links_started_once', ['accountId', 'downloadId'], { unique: true, where: `kind = 'started'` })
@Index('links_of_download', ['accountId', 'downloadId', 'sequence'])
// Over what the payload says: the id of a record, so that it is there once.
@Index('links_recorded_once', { synchronize: false })
@Index('links_once', ['accountId', 'transferId', 'kind'], { unique: true, where: 'transfer_id IS NOT NULL' })
export class LinkEntity {
  @PrimaryColumn({ name: 'account_id', type: 'text', collation: 'C', primaryKeyConstraintName: 'links_key' })
  readonly accountId!: string;

  @PrimaryColumn({
    name: 'sequence',
    type: 'bigint',
    transformer: bigintAsNumber,
    primaryKeyConstraintName: 'links_key',
  })
  readonly sequence!: number;

  @Column({ name: 'at', type: 'timestamptz' })
  readonly at!: Date;

  @Column({ name: 'kind', type: 'text' })
  readonly kind!: LinkKind;

  @Column({ name: 'backup_id', type: 'uuid', nullable: true })
  readonly backupId!: string | null;

  @Column({ name: 'download_id', type: 'uuid', nullable: true })
  readonly downloadId!: string | null;

  @Column({ name: 'transfer_id', type: 'uuid', nullable: true })
  readonly transferId!: string | null;

  @Column({ name: 'payload', type: 'jsonb' })
  readonly payload!: object;

  @Column({ name: 'previous_hash', type: 'text' })
  readonly previousHash!: string;

  @Column({ name: 'hash', type: 'text' })
  readonly hash!: string;

  /** Names the key of `mac`; null for a link that was written before there were keys: see `former_macs`. */
  @Column({ name: 'key_id', type: 'text', nullable: true })
  readonly keyId!: string | null;

  /** A code over its place and hash. */
  @Column({ name: 'mac', type: 'text', nullable: true })
  readonly mac!: string | null;
}
