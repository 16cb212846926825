import { bigintAsNumber } from '@account-backups/database';
import { Column, Entity, PrimaryColumn } from 'typeorm';

/** What an account is called, and its time zone. */
@Entity({ name: 'accounts' })
export class AccountEntity {
  @PrimaryColumn({ name: 'account_id', type: 'text', collation: 'C', primaryKeyConstraintName: 'accounts_key' })
  readonly accountId!: string;

  /** Of the directory. */
  @Column({ name: 'turn', type: 'bigint', transformer: bigintAsNumber, default: 0 })
  readonly turn!: number;

  /** The highest that the host gave its directory. */
  @Column({ name: 'revision', type: 'bigint', transformer: bigintAsNumber, nullable: true })
  readonly revision!: number | null;

  @Column({ name: 'name', type: 'text' })
  readonly name!: string;

  @Column({ name: 'time_zone', type: 'text' })
  readonly timeZone!: string;

  /** Whether it has facilities. */
  @Column({ name: 'enterprise', type: 'boolean' })
  readonly enterprise!: boolean;

  @Column({ name: 'org_unit_count', type: 'integer' })
  readonly orgUnitCount!: number;
}
