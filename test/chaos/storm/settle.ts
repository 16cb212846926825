import { setTimeout as sleep } from 'node:timers/promises';
import { rowsOf } from './database.js';
import type { StormTarget } from './target.js';

const EVERY_MS = 500;
const TICK_EVERY_MS = 1_000;
const TICK_MS = 10_000;

interface Stuck {
  readonly what: string;
  readonly where: string;
}

/** Ticks until nothing is under way; gives the milliseconds that took. Throws with what is stuck after the deadline. */
export async function settle(target: StormTarget, deadlineMs: number): Promise<number> {
  const startedAt = performance.now();
  let tickedAt = -Infinity;
  let stuck = 'nothing could be asked';
  for (;;) {
    if (performance.now() - tickedAt >= TICK_EVERY_MS) {
      tickedAt = performance.now();
      await tickWithin(target, TICK_MS);
    }
    const found = await rowsOf<Stuck>(target.databaseUrl, UNDER_WAY).catch((error: unknown) => String(error));
    if (typeof found !== 'string' && found.length === 0) return Math.round(performance.now() - startedAt);
    stuck = typeof found === 'string' ? found : found.map(({ what, where }) => `${what} ${where}`).join('\n');
    if (performance.now() - startedAt > deadlineMs) throw new Error(`after ${deadlineMs} ms there is left:\n${stuck}`);
    await sleep(EVERY_MS);
  }
}

/** A tick, and what became of it; a scheduler that is still coming back holds nobody up for longer. */
export async function tickWithin(target: StormTarget, timeoutMs: number): Promise<'done' | 'failed' | 'late'> {
  const given = new AbortController();
  const ticked = target.scan().then(
    () => 'done' as const,
    () => 'failed' as const,
  );
  const late = sleep(timeoutMs, 'late' as const, { signal: given.signal }).catch(() => 'late' as const);
  try {
    return await Promise.race([ticked, late]);
  } finally {
    given.abort();
  }
}

const UNDER_WAY = `
  SELECT 'a backup that is ' || status AS what, backup_id::text AS "where"
  FROM backups.backups WHERE status IN ('pending', 'in_progress')
  UNION ALL
  SELECT 'an archive to delete, of a backup that is ' || status, backup_id::text
  FROM backups.backups WHERE status IN ('expired', 'failed') AND archive_deleted_at IS NULL
  UNION ALL
  SELECT 'time passed for a backup that is ' || status, backup_id::text
  FROM backups.backups WHERE status = 'completed' AND expires_at <= now()
  UNION ALL
  SELECT 'a build that is ' || status, build_id::text FROM zip_builder.builds WHERE status IN ('planning', 'building')
  UNION ALL
  SELECT 'a transfer of the download', download_id::text FROM download_audit.transfers
  UNION ALL
  SELECT 'a range without an end, of the download', begun.download_id::text
  FROM download_audit.links AS begun
  WHERE begun.kind = 'range_begun' AND NOT EXISTS (
    SELECT FROM download_audit.links AS ended
    WHERE ended.account_id = begun.account_id AND ended.transfer_id = begun.transfer_id
      AND ended.kind IN ('range_ended', 'range_lost'))
  UNION ALL SELECT 'a record of backups', place::text FROM backups.trail_outbox
  UNION ALL SELECT 'a record of documents', place::text FROM documents.trail_outbox
  UNION ALL SELECT 'a record of permissions', place::text FROM permissions.trail_outbox
  UNION ALL SELECT 'a record of subscriptions', place::text FROM subscriptions.trail_outbox`;
