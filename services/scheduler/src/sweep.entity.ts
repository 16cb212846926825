import { Column, Entity, PrimaryColumn } from 'typeorm';

/** When the last sweep happened, in a single row: sweeps are too many to keep. */
@Entity({ name: 'sweeps' })
export class SweepEntity {
  @PrimaryColumn({ name: 'kind', type: 'text', primaryKeyConstraintName: 'sweeps_key' })
  readonly kind!: string;

  @Column({ name: 'last_at', type: 'timestamptz' })
  readonly lastAt!: Date;
}
