import { Check, Column, Entity, Index, PrimaryColumn } from 'typeorm';
import type { SegmentResult } from './segment-result.js';

const size = {
  to: (value: number | null) => value,
  from: (value: string | null) => (value === null ? null : Number(value)),
};

export type SegmentStatus = 'open' | 'building' | 'built';

/** A run of entries of one archive, built by one worker. */
@Entity({ name: 'segments' })
@Check('segments_status', `status IN ('open', 'building', 'built')`)
@Check('segments_built', `(status = 'built') = (result IS NOT NULL)`)
@Index('segments_unbuilt', ['buildId', 'number'], { where: `status <> 'built'` })
export class SegmentEntity {
  @PrimaryColumn({ name: 'build_id', type: 'uuid' })
  readonly buildId!: string;

  /** From 0, in the order of the plan. */
  @PrimaryColumn({ name: 'number', type: 'integer' })
  readonly number!: number;

  @Column({ name: 'status', type: 'text' })
  readonly status!: SegmentStatus;

  /** The part numbers that are this segment's: from here, `part_count` of them. */
  @Column({ name: 'first_part', type: 'integer' })
  readonly firstPart!: number;

  @Column({ name: 'part_count', type: 'integer' })
  readonly partCount!: number;

  @Column({ name: 'document_count', type: 'integer' })
  readonly documentCount!: number;

  @Column({ name: 'size_bytes', type: 'bigint', transformer: size })
  readonly sizeBytes!: number;

  @Column({ name: 'lease_until', type: 'timestamptz', nullable: true })
  readonly leaseUntil!: Date | null;

  @Column({ name: 'fence', type: 'integer', default: 0 })
  readonly fence!: number;

  @Column({ name: 'attempts', type: 'integer', default: 0 })
  readonly attempts!: number;

  @Column({ name: 'not_before', type: 'timestamptz', nullable: true })
  readonly notBefore!: Date | null;

  /** Bytes of its files that are in, by its builder's last sign of life. */
  @Column({ name: 'done_bytes', type: 'bigint', default: 0, transformer: size })
  readonly doneBytes!: number;

  @Column({ name: 'result', type: 'jsonb', nullable: true })
  readonly result!: SegmentResult | null;
}

/** A segment that is there. */
export type BuiltSegment = SegmentEntity & { readonly result: SegmentResult };

export function isBuilt(segment: SegmentEntity): segment is BuiltSegment {
  return segment.result !== null;
}
