import { bigintAsNumber } from '@account-backups/database';
import { Column, Entity, PrimaryColumn } from 'typeorm';

/** The head of each chain, stored apart from the links so that it shows when the end of a chain is cut off. */
@Entity({ name: 'chains' })
export class ChainEntity {
  @PrimaryColumn({ name: 'account_id', type: 'text', collation: 'C', primaryKeyConstraintName: 'chains_key' })
  readonly accountId!: string;

  @Column({ name: 'sequence', type: 'bigint', transformer: bigintAsNumber })
  readonly sequence!: number;

  @Column({ name: 'hash', type: 'text' })
  readonly hash!: string;
}
