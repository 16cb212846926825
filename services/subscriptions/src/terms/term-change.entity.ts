import { Column, Entity, Index, PrimaryGeneratedColumn } from 'typeorm';
import type { TermAction } from './term-rules.js';

/** Who did what to a term, and why. Rows are only ever added. */
@Entity({ name: 'term_changes' })
@Index('term_changes_by_account', ['accountId', 'changeNumber'])
export class TermChangeEntity {
  @PrimaryGeneratedColumn('identity', {
    name: 'change_number',
    type: 'bigint',
    generatedIdentity: 'ALWAYS',
    primaryKeyConstraintName: 'term_changes_key',
  })
  readonly changeNumber!: string;

  @Column({ name: 'account_id', type: 'text', collation: 'C' })
  readonly accountId!: string;

  @Column({ name: 'changed_at', type: 'timestamp with time zone' })
  readonly changedAt!: Date;

  @Column({ name: 'changed_by', type: 'text' })
  readonly changedBy!: string;

  @Column({ name: 'action', type: 'text' })
  readonly action!: TermAction;

  @Column({ name: 'starts_on', type: 'date' })
  readonly startsOn!: string;

  /** The last day after the change; of a withdrawn term, the one it would have had. */
  @Column({ name: 'ends_on', type: 'date' })
  readonly endsOn!: string;

  @Column({ name: 'reference', type: 'text', nullable: true })
  readonly reference!: string | null;

  @Column({ name: 'note', type: 'text' })
  readonly note!: string;
}
