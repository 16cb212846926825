import { bigintAsNumber } from '@account-backups/database';
import { Column, Entity, PrimaryColumn } from 'typeorm';

/** How much content an account has registered. */
@Entity({ name: 'account_contents' })
export class AccountContentsEntity {
  @PrimaryColumn({ name: 'account_id', type: 'text', collation: 'C', primaryKeyConstraintName: 'account_contents_key' })
  readonly accountId!: string;

  @Column({ name: 'size_bytes', type: 'bigint', transformer: bigintAsNumber })
  readonly sizeBytes!: number;
}
