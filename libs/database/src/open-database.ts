import { DataSource, type EntityTarget, type MigrationInterface } from 'typeorm';
import type { PostgresDriver } from 'typeorm/driver/postgres/PostgresDriver.js';
import { isStartSettingRefused } from './database-faults.js';
import { leaveReadOnlyServers } from './read-only-servers.js';
import { inSchema } from './schema-path.js';

export interface DatabaseOptions {
  readonly url: string;
  /** The service's own schema, snake_case. SQL names tables with it, migrations without. */
  readonly schema: string;
  readonly entities: readonly EntityTarget<object>[];
  readonly migrations: readonly (new () => MigrationInterface)[];
  /** How many connections this process opens at most. */
  readonly poolSize?: number;
}

const STATEMENT_TIMEOUT = { statement_timeout: 60_000 };

/** Connects to Postgres; nothing is created yet. The caller ends it with `destroy()`. */
export async function openDatabase(options: DatabaseOptions): Promise<DataSource> {
  if (!/^[a-z_]+$/.test(options.schema)) throw new Error(`schema ${options.schema}: expected snake_case`);
  const database = await connect(options, STATEMENT_TIMEOUT).catch((error: unknown) => {
    // A pooler such as PgBouncer lends out sessions that it began itself: the bound is then for their role to have.
    if (isStartSettingRefused(error)) return connect(options, {});
    throw error;
  });
  leaveReadOnlyServers((database.driver as PostgresDriver).master);
  return database;
}

function connect(options: DatabaseOptions, startSettings: Partial<typeof STATEMENT_TIMEOUT>): Promise<DataSource> {
  const database = new DataSource({
    type: 'postgres',
    url: options.url,
    schema: options.schema,
    entities: [...options.entities] as never[],
    migrations: options.migrations.map((migration) => inSchema(options.schema, migration)),
    migrationsTableName: 'migrations',
    poolSize: options.poolSize ?? 5,
    // both keep the drift check clean without installing an extension
    uuidExtension: 'pgcrypto',
    installExtensions: false,
    applicationName: `account-backups ${options.schema}`,
    connectTimeoutMS: 5_000,
    extra: { keepAlive: true, ...startSettings },
  });
  return database.initialize();
}
