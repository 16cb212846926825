import type { BackupStatus } from '@account-backups/contracts';
import type { PageEnd } from './page-cursor.js';
import type { Sight } from './visibility.js';

export interface PageQuestion {
  readonly sight: Sight;
  readonly status: BackupStatus | null;
  /** Completed backups whose time is over by then count as expired. */
  readonly now: Date;
  readonly after: PageEnd | null;
  readonly limit: number;
}

export interface Query {
  readonly sql: string;
  readonly values: readonly unknown[];
}

/** How many of the newest backups are searched before going scope by scope. */
const NEAR_ROWS = 200;
const NEWEST_FIRST = 'ORDER BY created_at DESC, backup_id DESC';
const COLUMNS = 'backup_id, created_at, scope_key';

/** The account's newest backups, for people who see all of them. Gives at most `limit` ids. */
export function newestOfAccount(question: PageQuestion): Query {
  const { values, of } = conditionsOf(question);
  return { sql: `SELECT backup_id FROM (${of('account_id = $1', '$2')}) AS newest ${NEWEST_FIRST} LIMIT $2`, values };
}

/**
 * The visible ones among the account's newest, which fill a page for people who see much. Reads `NEAR_ROWS` rows, and
 * each of their scopes once.
 */
export function visibleAmongNewest(question: PageQuestion): Query {
  const { values, of, add } = conditionsOf(question);
  const permitted = add(question.sight.orgUnitIds);
  const sql = `
    WITH newest AS MATERIALIZED (
      SELECT * FROM (${of('account_id = $1', String(NEAR_ROWS))}) AS near ${NEWEST_FIRST} LIMIT ${NEAR_ROWS}),
    visible AS MATERIALIZED (
      SELECT scope_key FROM backups.scopes
      WHERE account_id = $1 AND scope_key IN (SELECT scope_key FROM newest) AND ${isWithin(permitted)})
    SELECT backup_id FROM newest JOIN visible USING (scope_key) ${NEWEST_FIRST} LIMIT $2`;
  return { sql, values };
}

/** The newest of each visible scope, merged, for people who see little. Costs one probe per scope of the account. */
export function newestOfVisibleScopes(question: PageQuestion): Query {
  const { values, of, add } = conditionsOf(question);
  const permitted = add(question.sight.orgUnitIds);
  const sql = `
    WITH visible AS MATERIALIZED (
      SELECT scope_key AS visible_key FROM backups.scopes WHERE account_id = $1 AND ${isWithin(permitted)})
    SELECT backup_id FROM visible
    CROSS JOIN LATERAL (${of('account_id = $1 AND scope_key = visible_key', '$2')}) AS newest
    ${NEWEST_FIRST} LIMIT $2`;
  return { sql, values };
}

/** SQL: all OUs of a scope are permitted. The permitted ones are hashed once, so a scope costs only its own size. */
export function isWithin(permitted: string): string {
  return `NOT EXISTS (SELECT FROM unnest(org_unit_ids) AS id WHERE id NOT IN (SELECT unnest(${permitted}::text[])))`;
}

// $1 is the account, $2 the limit; `of` selects the newest rows that fulfil a condition.
function conditionsOf({ sight, status, now, after, limit }: PageQuestion) {
  const values: unknown[] = [sight.accountId, limit];
  const add = (value: unknown): string => `$${values.push(value)}`;
  const before = after ? `AND (created_at, backup_id) < (${add(after.createdAt)}, ${add(after.backupId)})` : '';
  const kinds = status === null ? [''] : kindsOf(status, { now: () => add(now), status: () => add(status) });
  const of = (place: string, most: string): string =>
    kinds
      .map(
        (kind) => `
        (SELECT ${COLUMNS} FROM backups.backups WHERE ${place} ${kind} ${before} ${NEWEST_FIRST} LIMIT ${most})`,
      )
      .join(' UNION ALL ');
  return { values, add, of };
}

/** Matches the status that `backupView` shows, exact to the second. Each kind has an index in this order. */
function kindsOf(status: BackupStatus, value: Readonly<Record<'now' | 'status', () => string>>): readonly string[] {
  if (status === 'completed') return [`AND status = 'completed' AND expires_at > ${value.now()}`];
  if (status !== 'expired') return [`AND status = ${value.status()}`];
  return [`AND status = 'expired'`, `AND status = 'completed' AND expires_at <= ${value.now()}`];
}
