/**
 * A condition on rows of work that processes lease (`lease_until`, `not_before`): nobody holds the row, and it does not
 * rest. `now` is the SQL for this moment, such as `$2`.
 */
export function claimableAt(now: string): string {
  return `(lease_until IS NULL OR lease_until < ${now}) AND (not_before IS NULL OR not_before <= ${now})`;
}

/** A batch of rows to change, all in SQL. */
export interface Batch {
  readonly table: string;
  readonly key: string;
  readonly where: string;
  readonly orderBy: string;
  readonly limit: string;
}

/**
 * A condition that picks the first `limit` rows which nobody else is changing, and locks them: concurrent callers share
 * the rows instead of waiting for each other.
 */
export function isNextUnlocked({ table, key, where, orderBy, limit }: Batch): string {
  return `${key} IN (
    SELECT ${key} FROM ${table} WHERE ${where} ORDER BY ${orderBy} LIMIT ${limit} FOR UPDATE SKIP LOCKED)`;
}
