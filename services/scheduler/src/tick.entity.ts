import { Check, Column, Entity, Index, PrimaryColumn } from 'typeorm';

/** A scan, claimed by one replica on behalf of all. */
@Entity({ name: 'ticks' })
@Check('ticks_kind', `kind IN ('scan', 'manual')`)
@Index('ticks_unannounced', ['scheduledAt'], { where: `kind = 'scan' AND announced_at IS NULL` })
export class TickEntity {
  @PrimaryColumn({ name: 'kind', type: 'text', primaryKeyConstraintName: 'ticks_key' })
  readonly kind!: 'scan' | 'manual';

  @PrimaryColumn({ name: 'scheduled_at', type: 'timestamptz', primaryKeyConstraintName: 'ticks_key' })
  readonly scheduledAt!: Date;

  @Column({ name: 'tick_id', type: 'uuid' })
  readonly tickId!: string;

  /** Until then the replica that claimed it tries to announce it. */
  @Column({ name: 'leased_until', type: 'timestamptz', nullable: true })
  readonly leaseUntil!: Date | null;

  /** When the broker confirmed it; while null, any replica tries again. */
  @Column({ name: 'announced_at', type: 'timestamptz', nullable: true })
  readonly announcedAt!: Date | null;
}
