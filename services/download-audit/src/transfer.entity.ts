import { bigintAsNumber } from '@account-backups/database';
import { Column, Entity, Index, PrimaryColumn } from 'typeorm';

/** A range under way and how far it got, until its end is in the chain. */
@Entity({ name: 'transfers' })
@Index('transfers_silent', ['notedAt'])
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

  /** When its sender last said so. */
  @Column({ name: 'noted_at', type: 'timestamptz' })
  readonly notedAt!: Date;
}
