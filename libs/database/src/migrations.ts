import type { DataSource, QueryRunner } from 'typeorm';

/**
 * Brings the service's schema to the newest migration. Safe with many replicas at once: an advisory lock
 * lets one of them work while the others wait and then find nothing to do.
 */
export async function migrate(database: DataSource): Promise<void> {
  const { schema } = database.driver;
  const runner = database.createQueryRunner();
  try {
    // Another replica may migrate a large table for a long time.
    await runner.query('SET statement_timeout = 0');
    await runner.query('SELECT pg_advisory_lock(hashtextextended($1, 0))', [`migrate ${schema}`]);
    await runner.query(`CREATE SCHEMA IF NOT EXISTS ${schema}`);
    await database.runMigrations();
  } finally {
    await runner.query('SELECT pg_advisory_unlock_all()');
    await runner.query('RESET statement_timeout');
    await runner.release();
  }
}

/**
 * The statements that would make the schema equal to the entities; empty when the migrations are complete. Asked by the
 * test that every service has of its schema, and by nobody at run time.
 */
export async function pendingDrift(database: DataSource): Promise<string[]> {
  const createQueryRunner = database.createQueryRunner.bind(database);
  database.createQueryRunner = (mode) => oneAtATime(createQueryRunner(mode));
  try {
    const statements = await database.driver.createSchemaBuilder().log();
    return statements.upQueries.map(({ query }) => query);
  } finally {
    database.createQueryRunner = createQueryRunner;
  }
}

// The schema builder sends many queries at once over one connection; `pg` warns of that and will refuse it.
function oneAtATime(runner: QueryRunner): QueryRunner {
  const query = runner.query.bind(runner);
  let last: Promise<unknown> = Promise.resolve();
  runner.query = (text: string, parameters?: unknown[]) => {
    const next = last.then(() => query(text, parameters));
    last = next.catch(() => undefined);
    return next;
  };
  return runner;
}
