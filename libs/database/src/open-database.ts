import { DataSource, type EntityTarget, type MigrationInterface } from 'typeorm';

export interface DatabaseOptions {
  readonly url: string;
  /** The service's own schema, snake_case; it is also the search path, so SQL names tables without it. */
  readonly schema: string;
  readonly entities: readonly EntityTarget<object>[];
  readonly migrations: readonly (new () => MigrationInterface)[];
  /** How many connections this process opens at most. */
  readonly poolSize?: number;
}

const STATEMENT_TIMEOUT_MS = 60_000;

/** Connects to Postgres; nothing is created yet. The caller ends it with `destroy()`. */
export async function openDatabase(options: DatabaseOptions): Promise<DataSource> {
  if (!/^[a-z_]+$/.test(options.schema)) throw new Error(`schema ${options.schema}: expected snake_case`);
  const database = new DataSource({
    type: 'postgres',
    url: options.url,
    schema: options.schema,
    entities: [...options.entities] as never[],
    migrations: [...options.migrations],
    migrationsTableName: 'migrations',
    migrationsTransactionMode: 'each',
    poolSize: options.poolSize ?? 5,
    // both keep the drift check clean without installing an extension
    uuidExtension: 'pgcrypto',
    installExtensions: false,
    applicationName: `account-backups ${options.schema}`,
    connectTimeoutMS: 5_000,
    extra: {
      options: `-c search_path=${options.schema} -c statement_timeout=${STATEMENT_TIMEOUT_MS}`,
      keepAlive: true,
    },
  });
  return database.initialize();
}
