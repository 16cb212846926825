import type { DataSource } from 'typeorm';

/**
 * Brings the service's schema to the newest migration. Safe with many replicas at once: an advisory lock
 * lets one of them work while the others wait and then find nothing to do.
 */
export async function migrate(database: DataSource): Promise<void> {
  const { schema } = database.driver;
  const runner = database.createQueryRunner();
  try {
    await runner.query('SELECT pg_advisory_lock(hashtextextended($1, 0))', [`migrate ${schema}`]);
    await runner.query(`CREATE SCHEMA IF NOT EXISTS ${schema}`);
    await database.runMigrations();
  } finally {
    await runner.query('SELECT pg_advisory_unlock_all()');
    await runner.release();
  }
}

/** The statements that would make the schema equal to the entities; empty when the migrations are complete. */
export async function pendingDrift(database: DataSource): Promise<string[]> {
  const statements = await database.driver.createSchemaBuilder().log();
  return statements.upQueries.map(({ query }) => query);
}
