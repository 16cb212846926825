import { Column, Entity, PrimaryColumn } from 'typeorm';

/** How far the walk through the store has come. */
@Entity({ name: 'store_sweeps' })
export class StoreSweepEntity {
  @PrimaryColumn({ name: 'name', type: 'text', primaryKeyConstraintName: 'store_sweeps_key' })
  readonly name!: string;

  /** The last key that was looked at; empty before the first. */
  @Column({ name: 'after_key', type: 'text' })
  readonly afterKey!: string;

  /** When the walk goes on; nobody else goes on before. */
  @Column({ name: 'next_at', type: 'timestamptz' })
  readonly nextAt!: Date;
}
