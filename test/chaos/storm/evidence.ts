import { rowsOf } from './database.js';
import type { Finding } from './finding.js';
import type { Journal } from './journal.js';
import type { PlainStore } from './plain-store.js';
import type { StormTarget } from './target.js';

/** What a check has to go by. */
export interface Evidence {
  readonly target: StormTarget;
  readonly journal: Journal;
  readonly store: PlainStore;
  readonly backups: readonly BackupRow[];
  readonly orphanDeadlineMs: number;
}

export type Check = (evidence: Evidence) => Promise<readonly Finding[]> | readonly Finding[];

export interface BackupRow {
  readonly backupId: string;
  readonly accountId: string;
  readonly status: string;
  readonly createdAt: Date;
  readonly userId: string;
  readonly allOrgUnits: boolean;
  readonly orgUnitIds: readonly string[];
  readonly includeActive: boolean;
  readonly includeInactive: boolean;
  readonly excludeSuperseded: boolean;
  readonly passwordProtected: boolean;
  readonly hasPassword: boolean;
  readonly key: string | null;
  readonly drivenAt: Date | null;
  /** When a builder first opened its build. */
  readonly openedAt: Date | null;
  readonly documentCount: string | null;
  readonly exceptionCount: string | null;
  readonly objectKey: string | null;
  readonly archiveBytes: string | null;
  readonly archiveSha256: string | null;
  readonly completedAt: Date | null;
  readonly expiresAt: Date | null;
  readonly archiveDeletedAt: Date | null;
  readonly failureCode: string | null;
}

export function backupRows(databaseUrl: string): Promise<readonly BackupRow[]> {
  return rowsOf<BackupRow>(
    databaseUrl,
    `SELECT backup_id AS "backupId", account_id AS "accountId", status, created_at AS "createdAt",
       requested_by_id AS "userId", all_org_units AS "allOrgUnits", org_unit_ids AS "orgUnitIds",
       include_active AS "includeActive", include_inactive AS "includeInactive",
       exclude_superseded AS "excludeSuperseded", password_protected AS "passwordProtected",
       sealed_password IS NOT NULL AS "hasPassword", idempotency_key AS key, driven_at AS "drivenAt",
       document_count AS "documentCount", exception_count AS "exceptionCount", object_key AS "objectKey",
       (SELECT created_at FROM zip_builder.builds WHERE builds.backup_id = backups.backup_id) AS "openedAt",
       archive_bytes AS "archiveBytes", archive_sha256 AS "archiveSha256", completed_at AS "completedAt",
       expires_at AS "expiresAt", archive_deleted_at AS "archiveDeletedAt", failure_code AS "failureCode"
     FROM backups.backups ORDER BY created_at, backup_id`,
  );
}

/** JSON with the names of each object sorted: equal for equal values. */
export function canonical(value: unknown): string {
  if (Array.isArray(value)) return `[${value.map(canonical).join(',')}]`;
  if (typeof value !== 'object' || value === null) return JSON.stringify(value) ?? 'null';
  const names = Object.keys(value).toSorted((a, b) => (a < b ? -1 : 1));
  const part = (name: string) => `${JSON.stringify(name)}:${canonical((value as Record<string, unknown>)[name])}`;
  return `{${names.map(part).join(',')}}`;
}

export function grouped<K, T>(items: Iterable<T>, keyOf: (item: T) => K): ReadonlyMap<K, readonly T[]> {
  const groups = new Map<K, T[]>();
  for (const item of items) {
    const key = keyOf(item);
    const group = groups.get(key);
    if (group) group.push(item);
    else groups.set(key, [item]);
  }
  return groups;
}
