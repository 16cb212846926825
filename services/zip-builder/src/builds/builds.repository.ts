import { randomUUID } from 'node:crypto';
import { exceptionCountOf, type ArchiveCounts, type FailureCode, type WaitReason } from '@account-backups/contracts';
import { changedAny, changedRows, claimableAt, isNextUnlocked } from '@account-backups/database';
import { randomKeyPart } from '@account-backups/object-store';
import { Injectable } from '@nestjs/common';
import { DataSource, In, type Repository } from 'typeorm';
import { BuildEntity } from './build.entity.js';
import type { BuildFacts } from './build-facts.js';
import type { BuildClaim } from './claim.js';
import type { PlannedSegment } from './planned-segment.js';

export interface BuiltArchive {
  readonly sizeBytes: number;
  readonly sha256: string;
  readonly counts: ArchiveCounts;
  readonly at: Date;
}

/** What the sweep needs of a build that ended. */
export type EndedBuild = Pick<
  BuildEntity,
  'buildId' | 'accountId' | 'backupId' | 'keyPart' | 'uploadId' | 'status' | 'sweeps'
>;

/** How long a claim lasts. */
export interface Lease {
  readonly now: Date;
  readonly until: Date;
}

@Injectable()
export class BuildsRepository {
  private readonly builds: Repository<BuildEntity>;

  constructor(private readonly database: DataSource) {
    this.builds = database.getRepository(BuildEntity);
  }

  /** The build of a backup; opens one when there is none. */
  async openFor(accountId: string, backupId: string): Promise<BuildEntity> {
    await this.database.query(
      `INSERT INTO zip_builder.builds (build_id, account_id, backup_id, key_part, status, created_at, driven_at)
       VALUES ($1, $2, $3, $4, 'planning', now(), now()) ON CONFLICT (backup_id) DO NOTHING`,
      [randomUUID(), accountId, backupId, randomKeyPart()],
    );
    return this.builds.findOneByOrFail({ accountId, backupId });
  }

  findOfBackup(accountId: string, backupId: string): Promise<BuildEntity | null> {
    return this.builds.findOneBy({ accountId, backupId });
  }

  ofBackups(backupIds: readonly string[]): Promise<BuildEntity[]> {
    return this.builds.findBy({ backupId: In(backupIds) });
  }

  /** A build that is known to exist. */
  get(buildId: string): Promise<BuildEntity> {
    return this.builds.findOneByOrFail({ buildId });
  }

  find(accountId: string, buildId: string): Promise<BuildEntity | null> {
    return this.builds.findOneBy({ accountId, buildId });
  }

  /**
   * Claims the planning or closing of a build; null while another builder holds it or it rests. Each claim of planning
   * gets keys of its own.
   */
  async claim(buildId: string, status: 'planning' | 'building', { now, until }: Lease): Promise<BuildClaim | null> {
    const rows = await changedRows<Omit<BuildClaim, 'buildId'>>(
      this.database,
      `UPDATE zip_builder.builds SET lease_until = $4, fence = fence + 1, attempts = attempts + 1,
         key_part = CASE status WHEN 'planning' THEN $5 ELSE key_part END
       WHERE build_id = $1 AND status = $2 AND ${claimableAt('$3')}
       RETURNING fence, key_part AS "keyPart"`,
      [buildId, status, now, until, randomKeyPart()],
    );
    return rows[0] ? { buildId, ...rows[0] } : null;
  }

  /** False when the claim was lost. */
  async extend({ buildId, fence }: BuildClaim, until: Date): Promise<boolean> {
    return changedAny(
      this.database,
      `UPDATE zip_builder.builds SET lease_until = $3 WHERE build_id = $1 AND fence = $2 AND lease_until IS NOT NULL`,
      [buildId, fence, until],
    );
  }

  /** Gives failed work back until `notBefore`; a failure that is not the work's own does not count as an attempt. */
  async release({ buildId, fence }: BuildClaim, notBefore: Date, counts: boolean): Promise<void> {
    await changedAny(
      this.database,
      `UPDATE zip_builder.builds SET lease_until = NULL, not_before = $3, attempts = attempts - $4
       WHERE build_id = $1 AND fence = $2`,
      [buildId, fence, notBefore, counts ? 0 : 1],
    );
  }

  /** Notes what an unfinished build waits for; null: it goes on. */
  async noteWaiting(buildId: string, waitingFor: WaitReason | null): Promise<void> {
    await changedAny(
      this.database,
      `UPDATE zip_builder.builds SET waiting_for = $2 WHERE build_id = $1 AND status IN ('planning', 'building')
         AND waiting_for IS DISTINCT FROM $2`,
      [buildId, waitingFor],
    );
  }

  /** planning → building: the plan and its segments at once; false when the claim was lost. */
  async savePlan(
    { buildId, fence }: BuildClaim,
    plan: { readonly facts: BuildFacts; readonly uploadId: string; readonly segments: readonly PlannedSegment[] },
  ): Promise<boolean> {
    return this.database.transaction(async (manager) => {
      const moved = await changedRows(
        manager,
        `UPDATE zip_builder.builds
         SET status = 'building', facts = $3, upload_id = $4, lease_until = NULL, attempts = 0,
           waiting_for = NULL
         WHERE build_id = $1 AND fence = $2 AND status = 'planning' RETURNING build_id`,
        [buildId, fence, plan.facts, plan.uploadId],
      );
      if (moved.length === 0) return false;
      await manager.query(
        `INSERT INTO zip_builder.segments (build_id, number, status, first_part, part_count, document_count, size_bytes)
         SELECT $1, number, 'open', first_part, part_count, document_count, size_bytes
         FROM unnest($2::int[], $3::int[], $4::int[], $5::int[], $6::bigint[])
           AS s (number, first_part, part_count, document_count, size_bytes)`,
        [buildId, ...columnsOf(plan.segments)],
      );
      return true;
    });
  }

  /** building → built, or planning → built for a small archive; false when the claim was lost. */
  async saveBuilt({ buildId, fence }: BuildClaim, facts: BuildFacts, built: BuiltArchive): Promise<boolean> {
    return changedAny(
      this.database,
      `UPDATE zip_builder.builds
       SET status = 'built', lease_until = NULL, upload_id = NULL, archive_bytes = $3, archive_sha256 = $4,
         exception_count = $5, built_at = $6, facts = $7, counts = $8, sweep_at = now()
       WHERE build_id = $1 AND fence = $2 AND status IN ('planning', 'building')`,
      [buildId, fence, built.sizeBytes, built.sha256, exceptionCountOf(built.counts), built.at, facts, built.counts],
    );
  }

  /** An unfinished build → failed. */
  async fail(buildId: string, reason: { readonly code: FailureCode; readonly message: string }): Promise<void> {
    await changedAny(
      this.database,
      `UPDATE zip_builder.builds
       SET status = 'failed', lease_until = NULL, fence = fence + 1, failure_code = $2, failure_message = $3,
         sweep_at = now()
       WHERE build_id = $1 AND status IN ('planning', 'building')`,
      [buildId, reason.code, reason.message],
    );
  }

  /**
   * The build of a backup → deleted; builders that still work on it lose their claims. Where there is none, one is kept
   * as deleted, so that a job that comes late opens no other.
   */
  async markDeleted(accountId: string, backupId: string): Promise<void> {
    await this.database.transaction(async (manager) => {
      const rows = await manager.query<{ buildId: string }[]>(
        `INSERT INTO zip_builder.builds AS build
           (build_id, account_id, backup_id, key_part, status, created_at, driven_at, sweep_at)
         VALUES ($1, $2, $3, $4, 'deleted', now(), now(), now())
         ON CONFLICT (backup_id) DO UPDATE SET status = 'deleted', lease_until = NULL, fence = build.fence + 1,
           sweep_at = now(), sweeps = 0
         WHERE build.account_id = $2 RETURNING build_id AS "buildId"`,
        [randomUUID(), accountId, backupId, randomKeyPart()],
      );
      const removal = 'DELETE FROM zip_builder.segments WHERE build_id = $1';
      for (const { buildId } of rows) await manager.query(removal, [buildId]);
    });
  }

  /** Unfinished builds that were last driven before `before`; they count as driven at `now`. */
  claimUndriven(now: Date, before: Date, limit: number): Promise<{ accountId: string; backupId: string }[]> {
    const where = `status IN ('planning', 'building') AND driven_at < $2`;
    const batch = { table: 'zip_builder.builds', key: 'build_id', where, orderBy: 'driven_at', limit: '$3' };
    return changedRows(
      this.database,
      `UPDATE zip_builder.builds SET driven_at = $1
       WHERE ${isNextUnlocked(batch)}
       RETURNING account_id AS "accountId", backup_id AS "backupId"`,
      [now, before, limit],
    );
  }

  /** Ended builds that are due to be swept; no other process gets them until `until`. */
  claimUnswept({ now, until }: Lease, limit: number): Promise<EndedBuild[]> {
    const where = 'sweep_at <= $1';
    const batch = { table: 'zip_builder.builds', key: 'build_id', where, orderBy: 'sweep_at', limit: '$3' };
    return changedRows(
      this.database,
      `UPDATE zip_builder.builds SET sweep_at = $2
       WHERE ${isNextUnlocked(batch)}
       RETURNING build_id AS "buildId", account_id AS "accountId", backup_id AS "backupId", key_part AS "keyPart",
         upload_id AS "uploadId", status, sweeps`,
      [now, until, limit],
    );
  }

  /** Records that a build was swept, and when to sweep it again; null: never. */
  async saveSwept({ buildId, status, sweeps }: EndedBuild, again: Date | null): Promise<void> {
    await changedAny(
      this.database,
      `UPDATE zip_builder.builds SET sweep_at = $4, sweeps = sweeps + 1
       WHERE build_id = $1 AND status = $2 AND sweeps = $3`,
      [buildId, status, sweeps, again],
    );
  }
}

function columnsOf(segments: readonly PlannedSegment[]): unknown[] {
  return [
    segments.map(({ number }) => number),
    segments.map(({ firstPart }) => firstPart),
    segments.map(({ partCount }) => partCount),
    segments.map(({ documentCount }) => documentCount),
    segments.map(({ sizeBytes }) => sizeBytes),
  ];
}
