import type { TrailRecord } from '@account-backups/contracts';
import type { DataSource } from 'typeorm';

/** What a service has to tell the audit, in order. Without an audit that answers, nothing of it goes. */
export async function waitingTrail(database: DataSource, schema: string): Promise<TrailRecord[]> {
  const rows: { record: TrailRecord }[] = await database.query(
    `SELECT record FROM ${schema}.trail_outbox ORDER BY place`,
  );
  return rows.map(({ record }) => record);
}
