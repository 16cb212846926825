import { bigintAsNumber } from '@account-backups/database';
import { Column, Entity, PrimaryColumn } from 'typeorm';

/** The code of a link that was written before links had one. A trigger refuses to change or remove a row. */
@Entity({ name: 'former_macs' })
export class FormerMacEntity {
  @PrimaryColumn({ name: 'account_id', type: 'text', collation: 'C', primaryKeyConstraintName: 'former_macs_key' })
  readonly accountId!: string;

  @PrimaryColumn({
    name: 'sequence',
    type: 'bigint',
    transformer: bigintAsNumber,
    primaryKeyConstraintName: 'former_macs_key',
  })
  readonly sequence!: number;

  @Column({ name: 'key_id', type: 'text' })
  readonly keyId!: string;

  @Column({ name: 'mac', type: 'text' })
  readonly mac!: string;
}
