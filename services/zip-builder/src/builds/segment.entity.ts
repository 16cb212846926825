import { bigintAsNumber } from '@account-backups/database';
import { Check, Column, Entity, Index, PrimaryColumn } from 'typeorm';
import type { SegmentResult } from './segment-result.js';

type SegmentStatus = 'open' | 'building' | 'built';

/** A run of entries of one archive, built by one builder. */
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

  /** `part_count` part numbers, from here on, are reserved for this segment. */
  @Column({ name: 'first_part', type: 'integer' })
  readonly firstPart!: number;

  @Column({ name: 'part_count', type: 'integer' })
  readonly partCount!: number;

  @Column({ name: 'document_count', type: 'integer' })
  readonly documentCount!: number;

  @Column({ name: 'size_bytes', type: 'bigint', transformer: bigintAsNumber })
  readonly sizeBytes!: number;

  @Column({ name: 'lease_until', type: 'timestamptz', nullable: true })
  readonly leaseUntil!: Date | null;

  @Column({ name: 'fence', type: 'integer', default: 0 })
  readonly fence!: number;

  @Column({ name: 'attempts', type: 'integer', default: 0 })
  readonly attempts!: number;

  @Column({ name: 'not_before', type: 'timestamptz', nullable: true })
  readonly notBefore!: Date | null;

  /** Bytes of its files written so far, by its builder's last heartbeat. */
  @Column({ name: 'done_bytes', type: 'bigint', default: 0, transformer: bigintAsNumber })
  readonly doneBytes!: number;

  @Column({ name: 'result', type: 'jsonb', nullable: true })
  readonly result!: SegmentResult | null;
}

/** A segment that has been built. */
export type BuiltSegment = SegmentEntity & { readonly result: SegmentResult };

export function isBuilt(segment: SegmentEntity): segment is BuiltSegment {
  return segment.result !== null;
}
