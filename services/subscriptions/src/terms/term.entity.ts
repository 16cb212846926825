import { Check, Column, Entity, Exclusion, Index, PrimaryColumn } from 'typeorm';

/** Days in the account's time zone, both inclusive. The first day tells the terms of an account apart. */
@Entity({ name: 'terms' })
@Index('terms_by_end', ['endsOn', 'accountId'])
@Check('terms_forwards', 'starts_on <= ends_on')
@Exclusion(
  'terms_apart',
  `USING gist (account_id_range(account_id, account_id, '[]') WITH &&, daterange(starts_on, ends_on, '[]') WITH &&)`,
)
export class TermEntity {
  @PrimaryColumn({ name: 'account_id', type: 'text', collation: 'C', primaryKeyConstraintName: 'terms_key' })
  readonly accountId!: string;

  @PrimaryColumn({ name: 'starts_on', type: 'date', primaryKeyConstraintName: 'terms_key' })
  readonly startsOn!: string;

  @Column({ name: 'ends_on', type: 'date' })
  readonly endsOn!: string;

  /** The order, contract or invoice that the term comes from. */
  @Column({ name: 'reference', type: 'text', nullable: true })
  readonly reference!: string | null;
}
