import { MigrationExecutor, type DataSource, type QueryRunner } from 'typeorm';

/**
 * Brings the service's schema to the newest migration, by all that are missing or none. Safe with many replicas at
 * once: an advisory lock lets one of them work while the others wait and then find nothing to do. It is one transaction
 * on one connection: so it works behind a pooler, too, and with a pool of one.
 */
export async function migrate(database: DataSource): Promise<void> {
  const { schema } = database.driver;
  await database.transaction(async (manager) => {
    // Another replica may migrate a large table for a long time.
    await manager.query('SET LOCAL statement_timeout = 0');
    await manager.query('SELECT pg_advisory_xact_lock(hashtextextended($1, 0))', [`migrate ${schema}`]);
    await manager.query(`CREATE SCHEMA IF NOT EXISTS ${schema}`);
    await new MigrationExecutor(database, manager.queryRunner).executePendingMigrations();
  });
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
