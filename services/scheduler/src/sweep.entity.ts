import { Column, Entity, PrimaryColumn } from 'typeorm';

/** One row for each kind of sweep, which stays: sweeps are too many to keep. */
@Entity({ name: 'sweeps' })
export class SweepEntity {
  @PrimaryColumn({ name: 'kind', type: 'text', primaryKeyConstraintName: 'sweeps_key' })
  readonly kind!: string;

  @Column({ name: 'last_at', type: 'timestamptz' })
  readonly lastAt!: Date;
}
