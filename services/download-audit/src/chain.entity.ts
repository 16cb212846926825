import { Column, Entity, PrimaryColumn } from 'typeorm';

/** The last link of each account, kept apart from the links so that a chain that was cut off shows. */
@Entity({ name: 'chains' })
export class ChainEntity {
  @PrimaryColumn({ name: 'account_id', type: 'text', collation: 'C', primaryKeyConstraintName: 'chains_key' })
  readonly accountId!: string;

  @Column({ name: 'sequence', type: 'bigint' })
  readonly sequence!: string;

  @Column({ name: 'hash', type: 'text' })
  readonly hash!: string;
}
