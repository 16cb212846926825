import { bigintAsNumber } from '@account-backups/database';
import { Column, Entity, Index, PrimaryColumn } from 'typeorm';

/** The head of each chain, stored apart from the links so that it shows when the end of a chain is cut off. */
@Entity({ name: 'chains' })
@Index('chains_grown', ['accountId'], { where: 'checkpoint_sequence < sequence' })
export class ChainEntity {
  @PrimaryColumn({ name: 'account_id', type: 'text', collation: 'C', primaryKeyConstraintName: 'chains_key' })
  readonly accountId!: string;

  @Column({ name: 'sequence', type: 'bigint', transformer: bigintAsNumber })
  readonly sequence!: number;

  @Column({ name: 'hash', type: 'text' })
  readonly hash!: string;

  /** Names the key of `mac`; null for a head that was written before there were keys. */
  @Column({ name: 'key_id', type: 'text', nullable: true })
  readonly keyId!: string | null;

  /** A code over sequence, hash and `brokenAt`. */
  @Column({ name: 'mac', type: 'text', nullable: true })
  readonly mac!: string | null;

  /** The record before which the head was once found replaced. */
  @Column({ name: 'broken_at', type: 'bigint', nullable: true, transformer: bigintAsNumber })
  readonly brokenAt!: number | null;

  /** Up to where a checkpoint has been made, or refused. */
  @Column({ name: 'checkpoint_sequence', type: 'bigint', default: 0, transformer: bigintAsNumber })
  readonly checkpointSequence!: number;
}
