import { Client, type QueryResultRow } from 'pg';

const CONNECT_MS = 5_000;
const STATEMENT_MS = 60_000;

/** One statement on a connection of its own: that of before may have died with the server. */
export async function rowsOf<T extends QueryResultRow>(
  databaseUrl: string,
  sql: string,
  values: readonly unknown[] = [],
): Promise<readonly T[]> {
  const client = new Client({
    connectionString: databaseUrl,
    connectionTimeoutMillis: CONNECT_MS,
    query_timeout: STATEMENT_MS,
  });
  // The connection may break between two steps; whoever waits for the statement is told all the same.
  client.on('error', () => undefined);
  try {
    await client.connect();
    return (await client.query<T>(sql, [...values])).rows;
  } finally {
    await client.end().catch(() => undefined);
  }
}
