import type { ByteRange } from '@account-backups/contracts';
import { bigintAsNumber } from '@account-backups/database';
import { Column, Entity, Index, PrimaryColumn } from 'typeorm';

/** What the ranges of a download took that have no links of their own. */
@Entity({ name: 'tallies' })
@Index('tallies_due', ['recordAfter'], { where: 'recorded_ranges < ranges' })
export class TallyEntity {
  @PrimaryColumn({ name: 'download_id', type: 'uuid', primaryKeyConstraintName: 'tallies_key' })
  readonly downloadId!: string;

  @Column({ name: 'account_id', type: 'text', collation: 'C' })
  readonly accountId!: string;

  @Column({ name: 'backup_id', type: 'uuid' })
  readonly backupId!: string;

  /** How many ranges have ended. */
  @Column({ name: 'ranges', type: 'bigint', transformer: bigintAsNumber })
  readonly ranges!: number;

  /** How many of them the chain tells of. */
  @Column({ name: 'recorded_ranges', type: 'bigint', transformer: bigintAsNumber })
  readonly recordedRanges!: number;

  /** From when on the chain may be told of more. */
  @Column({ name: 'record_after', type: 'timestamptz' })
  readonly recordAfter!: Date;

  @Column({ name: 'pieces', type: 'jsonb' })
  readonly pieces!: readonly ByteRange[];

  @Column({ name: 'last_ended_at', type: 'timestamptz' })
  readonly lastEndedAt!: Date;
}
