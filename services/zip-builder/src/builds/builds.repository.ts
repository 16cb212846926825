import type { ArchiveCounts, FailureCode } from '@account-backups/contracts';
import { randomKeyPart } from '@account-backups/object-store';
import { Injectable } from '@nestjs/common';
import { DataSource, type EntityManager, type Repository } from 'typeorm';
import { BuildEntity } from './build.entity.js';
import type { BuildFacts } from './build-facts.js';
import type { BuildClaim } from './claim.js';
import type { PlannedSegment } from './segment-packing.js';

export interface NewBuild {
  readonly buildId: string;
  readonly accountId: string;
  readonly backupId: string;
  readonly keyPart: string;
}

export interface BuiltArchive {
  readonly sizeBytes: number;
  readonly sha256: string;
  readonly counts: ArchiveCounts;
  readonly at: Date;
}

/** What is left of a build that ended. */
export type EndedBuild = Pick<
  BuildEntity,
  'buildId' | 'accountId' | 'backupId' | 'keyPart' | 'uploadId' | 'status' | 'sweeps'
>;

/** The lifetime of a claim. */
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

  /** The build of a backup: the one that is there, else a new one. */
  async openFor({ buildId, accountId, backupId, keyPart }: NewBuild): Promise<BuildEntity> {
    await this.database.query(
      `INSERT INTO builds (build_id, account_id, backup_id, key_part, status, created_at, driven_at)
       VALUES ($1, $2, $3, $4, 'planning', now(), now()) ON CONFLICT (backup_id) DO NOTHING`,
      [buildId, accountId, backupId, keyPart],
    );
    return this.builds.findOneByOrFail({ accountId, backupId });
  }

  findOfBackup(accountId: string, backupId: string): Promise<BuildEntity | null> {
    return this.builds.findOneBy({ accountId, backupId });
  }

  /** Of a build that is known to be there. */
  get(buildId: string): Promise<BuildEntity> {
    return this.builds.findOneByOrFail({ buildId });
  }

  find(accountId: string, buildId: string): Promise<BuildEntity | null> {
    return this.builds.findOneBy({ accountId, buildId });
  }

  /**
   * Takes the planning or closing of a build; null while another worker has it or it rests. Whoever plans gets keys of
   * its own.
   */
  async claim(buildId: string, status: 'planning' | 'building', { now, until }: Lease): Promise<BuildClaim | null> {
    const rows = await this.update<Omit<BuildClaim, 'buildId'>>(
      this.database.manager,
      `UPDATE builds SET lease_until = $4, fence = fence + 1, attempts = attempts + 1,
         key_part = CASE status WHEN 'planning' THEN $5 ELSE key_part END
       WHERE build_id = $1 AND status = $2 AND (lease_until IS NULL OR lease_until < $3)
         AND (not_before IS NULL OR not_before <= $3)
       RETURNING fence, key_part AS "keyPart"`,
      [buildId, status, now, until, randomKeyPart()],
    );
    return rows[0] ? { buildId, ...rows[0] } : null;
  }

  /** False when the claim was lost. */
  async extend({ buildId, fence }: BuildClaim, until: Date): Promise<boolean> {
    return this.changed(
      `UPDATE builds SET lease_until = $3 WHERE build_id = $1 AND fence = $2 AND lease_until IS NOT NULL`,
      [buildId, fence, until],
    );
  }

  /** Lets go of failed work until `notBefore`; one that is not the work's fault does not count as an attempt. */
  async release({ buildId, fence }: BuildClaim, notBefore: Date, counts: boolean): Promise<void> {
    await this.changed(
      `UPDATE builds SET lease_until = NULL, not_before = $3, attempts = attempts - $4 WHERE build_id = $1 AND fence = $2`,
      [buildId, fence, notBefore, counts ? 0 : 1],
    );
  }

  /** planning → building: the plan and its segments at once; false when the claim was lost. */
  async savePlan(
    { buildId, fence }: BuildClaim,
    plan: { readonly facts: BuildFacts; readonly uploadId: string; readonly segments: readonly PlannedSegment[] },
  ): Promise<boolean> {
    return this.database.transaction(async (manager) => {
      const moved = await this.update(
        manager,
        `UPDATE builds SET status = 'building', facts = $3, upload_id = $4, lease_until = NULL, attempts = 0
         WHERE build_id = $1 AND fence = $2 AND status = 'planning' RETURNING build_id`,
        [buildId, fence, plan.facts, plan.uploadId],
      );
      if (moved.length === 0) return false;
      await manager.query(
        `INSERT INTO segments (build_id, number, status, first_part, part_count, document_count, size_bytes)
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
    return this.changed(
      `UPDATE builds SET status = 'built', lease_until = NULL, upload_id = NULL, archive_bytes = $3, archive_sha256 = $4,
         exception_count = $5, built_at = $6, facts = $7, counts = $8, sweep_at = now()
       WHERE build_id = $1 AND fence = $2 AND status IN ('planning', 'building')`,
      [buildId, fence, built.sizeBytes, built.sha256, built.counts.files.exceptions, built.at, facts, built.counts],
    );
  }

  /** An unfinished build → failed. */
  async fail(buildId: string, reason: { readonly code: FailureCode; readonly message: string }): Promise<void> {
    await this.changed(
      `UPDATE builds SET status = 'failed', lease_until = NULL, fence = fence + 1, failure_code = $2, failure_message = $3,
         sweep_at = now()
       WHERE build_id = $1 AND status IN ('planning', 'building')`,
      [buildId, reason.code, reason.message],
    );
  }

  /** Any build of a backup → deleted; workers still at it lose their claims. */
  async markDeleted(accountId: string, backupId: string): Promise<void> {
    await this.database.transaction(async (manager) => {
      const rows = await this.update<{ buildId: string }>(
        manager,
        `UPDATE builds SET status = 'deleted', lease_until = NULL, fence = fence + 1,
           sweep_at = now(), sweeps = 0
         WHERE account_id = $1 AND backup_id = $2 RETURNING build_id AS "buildId"`,
        [accountId, backupId],
      );
      for (const { buildId } of rows) await manager.query('DELETE FROM segments WHERE build_id = $1', [buildId]);
    });
  }

  /** Unfinished builds that were not turned into jobs since `before`; they count as driven from `now` on. */
  claimUndriven(now: Date, before: Date, limit: number): Promise<{ accountId: string; backupId: string }[]> {
    return this.update(
      this.database.manager,
      `UPDATE builds SET driven_at = $1
       WHERE build_id IN (
         SELECT build_id FROM builds WHERE status IN ('planning', 'building') AND driven_at < $2
         ORDER BY driven_at LIMIT $3 FOR UPDATE SKIP LOCKED)
       RETURNING account_id AS "accountId", backup_id AS "backupId"`,
      [now, before, limit],
    );
  }

  /** Ended builds whose leftovers are due; nobody else gets them until `until`. */
  claimUnswept({ now, until }: Lease, limit: number): Promise<EndedBuild[]> {
    return this.update(
      this.database.manager,
      `UPDATE builds SET sweep_at = $2
       WHERE build_id IN (SELECT build_id FROM builds WHERE sweep_at <= $1 ORDER BY sweep_at LIMIT $3 FOR UPDATE SKIP LOCKED)
       RETURNING build_id AS "buildId", account_id AS "accountId", backup_id AS "backupId", key_part AS "keyPart",
         upload_id AS "uploadId", status, sweeps`,
      [now, until, limit],
    );
  }

  /** Notes that a build's leftovers were removed, and when to look for the last time; null: it was this time. */
  async saveSwept({ buildId, status, sweeps }: EndedBuild, again: Date | null): Promise<void> {
    await this.changed(
      'UPDATE builds SET sweep_at = $4, sweeps = sweeps + 1 WHERE build_id = $1 AND status = $2 AND sweeps = $3',
      [buildId, status, sweeps, again],
    );
  }

  private async changed(sql: string, values: readonly unknown[]): Promise<boolean> {
    const [, count] = await this.database.query<[unknown[], number]>(sql, [...values]);
    return count > 0;
  }

  // TypeORM gives [rows, count] for an UPDATE.
  private async update<T>(manager: EntityManager, sql: string, values: readonly unknown[]): Promise<T[]> {
    const [rows] = await manager.query<[T[], number]>(sql, [...values]);
    return rows;
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
