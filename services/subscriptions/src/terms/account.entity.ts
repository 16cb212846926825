import { Column, Entity, PrimaryColumn } from 'typeorm';

/** An account that has or had a term, as last heard of; `permissions` owns the truth. */
@Entity({ name: 'accounts' })
export class AccountEntity {
  @PrimaryColumn({ name: 'account_id', type: 'text', collation: 'C', primaryKeyConstraintName: 'accounts_key' })
  readonly accountId!: string;

  @Column({ name: 'name', type: 'text' })
  readonly name!: string;

  @Column({ name: 'time_zone', type: 'text' })
  readonly timeZone!: string;
}
