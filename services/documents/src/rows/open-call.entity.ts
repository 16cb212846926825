import type { CalledBy } from '@account-backups/contracts';
import { bigintAsNumber } from '@account-backups/database';
import { Column, Entity, Index, PrimaryColumn } from 'typeorm';

/** How many documents a call has changed so far, of which more messages may come. */
@Entity({ name: 'open_calls' })
@Index('open_calls_by_age', ['heardAt'])
export class OpenCallEntity {
  @PrimaryColumn({
    name: 'first_turn',
    type: 'bigint',
    transformer: bigintAsNumber,
    primaryKeyConstraintName: 'open_calls_key',
  })
  readonly firstTurn!: number;

  @Column({ name: 'account_id', type: 'text', collation: 'C' })
  readonly accountId!: string;

  @Column({ name: 'changed', type: 'integer' })
  readonly changed!: number;

  /** Not `jsonb`, which takes no NUL. */
  @Column({ name: 'called_by', type: 'json' })
  readonly calledBy!: CalledBy;

  @Column({ name: 'heard_at', type: 'timestamp with time zone' })
  readonly heardAt!: Date;
}
