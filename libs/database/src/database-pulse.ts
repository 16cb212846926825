import pg from 'pg';

/** The longest that a database which refuses may take to do so. */
const REFUSED_MS = 1_000;
const GIVE_UP_MS = 10_000;

/**
 * Resolves when the database answers, or refuses; rejects when it hangs. It asks on a connection of its own: those of
 * the pool may all be at work.
 */
export async function databasePulse(url: string): Promise<void> {
  const client = new pg.Client({
    connectionString: url,
    connectionTimeoutMillis: GIVE_UP_MS,
    query_timeout: GIVE_UP_MS,
    application_name: 'account-backups pulse',
  });
  client.on('error', () => undefined);
  const begun = performance.now();
  try {
    await client.connect();
    await client.query('SELECT 1');
  } catch (error) {
    if (performance.now() - begun > REFUSED_MS) throw error;
  } finally {
    client.end().catch(() => undefined);
  }
}
