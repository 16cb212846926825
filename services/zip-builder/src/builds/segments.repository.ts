import { changedAny, changedRows, claimableAt } from '@account-backups/database';
import { Injectable } from '@nestjs/common';
import { DataSource, type Repository } from 'typeorm';
import type { Lease } from './builds.repository.js';
import type { SegmentClaim } from './claim.js';
import { SegmentEntity } from './segment.entity.js';
import type { SegmentResult } from './segment-result.js';

interface SegmentProgress {
  readonly all: number;
  readonly built: number;
  /** Open ones and those whose lease has ended, unless they rest. */
  readonly claimable: number;
  readonly leased: number;
  readonly maxAttempts: number;
  /** Those of a segment under way as its bytes are. */
  readonly documentsBuilt: number;
  readonly bytesBuilt: number;
}

@Injectable()
export class SegmentsRepository {
  private readonly segments: Repository<SegmentEntity>;

  constructor(private readonly database: DataSource) {
    this.segments = database.getRepository(SegmentEntity);
  }

  /**
   * Claims a segment of the build that has the fewest leased, of the older build when two have equally few, so that a
   * large archive does not hold up a small one; null when there is none.
   */
  async claimFairest(inFlight: number, lease: Lease): Promise<SegmentClaim | null> {
    const builds = await this.database.query<{ buildId: string }[]>(
      `SELECT b.build_id AS "buildId" FROM zip_builder.builds b
       CROSS JOIN LATERAL (
         SELECT count(*) FILTER (WHERE status = 'building' AND lease_until >= $1) AS leased,
           count(*) FILTER (WHERE ${claimableAt('$1')}) AS claimable
         FROM zip_builder.segments s WHERE s.build_id = b.build_id AND s.status <> 'built') AS work
       WHERE b.status = 'building' AND work.claimable > 0 AND work.leased < $2
       ORDER BY work.leased, b.created_at, b.build_id`,
      [lease.now, inFlight],
    );
    for (const { buildId } of builds) {
      const claim = await this.claimNext(buildId, inFlight, lease);
      if (claim) return claim;
    }
    return null;
  }

  /**
   * Claims the next segment of a build unless `inFlight` of them are leased already; null when there is none. The
   * build's row is locked meanwhile, so the bound holds across all builders.
   */
  async claimNext(buildId: string, inFlight: number, { now, until }: Lease): Promise<SegmentClaim | null> {
    return this.database.transaction(async (manager) => {
      const builds: unknown[] = await manager.query(
        `SELECT 1 FROM zip_builder.builds WHERE build_id = $1 AND status = 'building' FOR UPDATE`,
        [buildId],
      );
      if (builds.length === 0) return null;
      const rows = await changedRows<{ number: number; fence: number }>(
        manager,
        `UPDATE zip_builder.segments
         SET status = 'building', lease_until = $3, done_bytes = 0, fence = fence + 1, attempts = attempts + 1
         WHERE build_id = $1 AND number = (
           SELECT number FROM zip_builder.segments
           WHERE build_id = $1 AND status <> 'built' AND ${claimableAt('$2')}
           ORDER BY number LIMIT 1)
         AND (SELECT count(*) FROM zip_builder.segments
           WHERE build_id = $1 AND status = 'building' AND lease_until >= $2) < $4
         RETURNING number, fence`,
        [buildId, now, until, inFlight],
      );
      return rows[0] ? { buildId, ...rows[0] } : null;
    });
  }

  find(buildId: string, number: number): Promise<SegmentEntity> {
    return this.segments.findOneByOrFail({ buildId, number });
  }

  /** All segments of a build in the order of the plan. */
  listOf(buildId: string): Promise<SegmentEntity[]> {
    return this.segments.find({ where: { buildId }, order: { number: 'ASC' } });
  }

  /** Extends the lease and records the bytes written so far; false when the claim was lost. */
  async extend({ buildId, number, fence }: SegmentClaim, until: Date, doneBytes: number): Promise<boolean> {
    return changedAny(
      this.database,
      `UPDATE zip_builder.segments SET lease_until = $4, done_bytes = $5
       WHERE build_id = $1 AND number = $2 AND fence = $3 AND status = 'building'`,
      [buildId, number, fence, until, doneBytes],
    );
  }

  async release({ buildId, number, fence }: SegmentClaim, notBefore: Date, counts: boolean): Promise<void> {
    await changedAny(
      this.database,
      `UPDATE zip_builder.segments
       SET status = 'open', lease_until = NULL, done_bytes = 0, not_before = $4, attempts = attempts - $5
       WHERE build_id = $1 AND number = $2 AND fence = $3 AND status = 'building'`,
      [buildId, number, fence, notBefore, counts ? 0 : 1],
    );
  }

  /** building → built; false when the claim was lost. */
  async saveBuilt({ buildId, number, fence }: SegmentClaim, result: SegmentResult): Promise<boolean> {
    return changedAny(
      this.database,
      `UPDATE zip_builder.segments SET status = 'built', lease_until = NULL, result = $4
       WHERE build_id = $1 AND number = $2 AND fence = $3 AND status = 'building'`,
      [buildId, number, fence, result],
    );
  }

  /** built → open, for a segment whose parts are not what its result says. */
  async reopen(buildId: string, number: number): Promise<void> {
    await changedAny(
      this.database,
      `UPDATE zip_builder.segments SET status = 'open', result = NULL, lease_until = NULL
       WHERE build_id = $1 AND number = $2 AND status = 'built'`,
      [buildId, number],
    );
  }

  async progressOf(buildId: string, now: Date): Promise<SegmentProgress> {
    const [row] = await this.database.query<Record<keyof SegmentProgress, string>[]>(
      `SELECT count(*) AS "all",
         count(*) FILTER (WHERE status = 'built') AS "built",
         count(*) FILTER (WHERE status <> 'built' AND ${claimableAt('$2')}) AS "claimable",
         count(*) FILTER (WHERE status = 'building' AND lease_until >= $2) AS "leased",
         coalesce(max(attempts) FILTER (WHERE status <> 'built'), 0) AS "maxAttempts",
         coalesce(sum(CASE WHEN status = 'built' THEN document_count
           ELSE document_count * least(done_bytes, size_bytes) / greatest(size_bytes, 1) END), 0) AS "documentsBuilt",
         coalesce(sum(CASE WHEN status = 'built' THEN size_bytes ELSE least(done_bytes, size_bytes) END), 0) AS "bytesBuilt"
       FROM zip_builder.segments WHERE build_id = $1`,
      [buildId, now],
    );
    const number = (key: keyof SegmentProgress) => Number(row?.[key] ?? 0);
    return {
      all: number('all'),
      built: number('built'),
      claimable: number('claimable'),
      leased: number('leased'),
      maxAttempts: number('maxAttempts'),
      documentsBuilt: number('documentsBuilt'),
      bytesBuilt: number('bytesBuilt'),
    };
  }
}
