// Nothing is under way any more, nothing is held, nothing is due.
import { rowsOf } from '../database.js';
import type { Check } from '../evidence.js';

export const checkLeftovers: Check = async ({ target }) => {
  const rows = await rowsOf<{ kind: string; where: string; found: string }>(target.databaseUrl, LEFT);
  return rows.map(({ kind, where, found }) => ({ kind, what: 'what is left', where, expected: 'nothing', found }));
};

/** Five minutes are the longest that a sweep may hold what it looks at. */
const LEFT = `
  SELECT 'build-unfinished' AS kind, 'build ' || build_id AS "where", status AS found
  FROM zip_builder.builds WHERE status IN ('planning', 'building')
  UNION ALL
  SELECT 'lease-held', 'build ' || build_id, lease_until::text FROM zip_builder.builds WHERE lease_until IS NOT NULL
  UNION ALL
  SELECT 'upload-kept', 'build ' || build_id, status
  FROM zip_builder.builds WHERE status = 'built' AND upload_id IS NOT NULL
  UNION ALL
  SELECT 'sweep-overdue', 'build ' || build_id, sweep_at::text
  FROM zip_builder.builds WHERE sweep_at < clock_timestamp() - interval '6 minutes'
  UNION ALL
  SELECT 'build-orphaned', 'build ' || build_id, status
  FROM zip_builder.builds WHERE backup_id NOT IN (SELECT backup_id FROM backups.backups)
  UNION ALL
  SELECT 'build-differs', 'backup ' || backup_id, backups.status || ', its build ' || coalesce(builds.status, 'absent')
  FROM backups.backups AS backups LEFT JOIN zip_builder.builds AS builds USING (backup_id)
  WHERE (backups.status = 'completed' AND builds.status IS DISTINCT FROM 'built')
    OR (backups.status IN ('expired', 'failed') AND builds.status IS DISTINCT FROM 'deleted')
    OR (backups.status = 'cancelled' AND builds.status IS NOT NULL)
  UNION ALL
  SELECT 'segment-unfinished', 'build ' || build_id || ' segment ' || number, segments.status
  FROM zip_builder.segments AS segments LEFT JOIN zip_builder.builds AS builds USING (build_id)
  WHERE segments.status <> 'built' OR builds.status IS DISTINCT FROM 'built'
  UNION ALL
  SELECT 'transfer-open', 'download ' || download_id, bytes_sent::text FROM download_audit.transfers
  UNION ALL
  SELECT 'call-overdue', 'call ' || first_turn || ' of ' || account_id, heard_at::text
  FROM documents.open_calls WHERE heard_at < clock_timestamp() - interval '6 minutes'
  UNION ALL
  SELECT 'tick-unannounced', 'tick ' || tick_id, scheduled_at::text
  FROM scheduler.ticks WHERE kind = 'scan' AND announced_at IS NULL AND scheduled_at < clock_timestamp() - interval '30 seconds'`;
