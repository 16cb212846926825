import { bigintAsNumber } from '@account-backups/database';
import { Column, Entity, Index, PrimaryColumn } from 'typeorm';
import type { RangeBegunPayload } from './link.js';

/** A range under way and how far it got, until its end is in the chain. */
@Entity({ name: 'transfers' })
@Index('transfers_silent', ['notedAt'])
@Index('transfers_of_download', ['accountId', 'downloadId'])
export class TransferEntity {
  @PrimaryColumn({ name: 'transfer_id', type: 'uuid', primaryKeyConstraintName: 'transfers_key' })
  readonly transferId!: string;

  @Column({ name: 'account_id', type: 'text', collation: 'C' })
  readonly accountId!: string;

  @Column({ name: 'backup_id', type: 'uuid' })
  readonly backupId!: string;

  @Column({ name: 'download_id', type: 'uuid' })
  readonly downloadId!: string;

  @Column({ name: 'bytes_sent', type: 'bigint', transformer: bigintAsNumber })
  readonly bytesSent!: number;

  /** Its beginning, where the chain does not tell of it; null where it does. */
  @Column({ name: 'unrecorded', type: 'jsonb', nullable: true })
  readonly unrecorded!: RangeBegunPayload | null;

  /** When its sender last said so. */
  @Column({ name: 'noted_at', type: 'timestamptz' })
  readonly notedAt!: Date;
}
