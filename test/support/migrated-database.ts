// A test's own database with a service's schema. It is cloned: a service's migrations run once per test run.
import { createHash } from 'node:crypto';
import { migrate, openDatabase, type ServiceDatabase } from '@account-backups/database';
import { Client } from 'pg';
import type { DataSource } from 'typeorm';
import { databaseUrl, testDatabase, testDatabaseServer, type TestDatabase } from './real-parts.js';

export interface MigratedDatabase {
  readonly url: string;
  readonly pool: DataSource;
  /** Ends the pool and drops the database. */
  close(): Promise<void>;
}

/** A database with the service's schema; for a service that opens its own pool. Drop it in `afterAll`. */
export async function clonedDatabase(definition: ServiceDatabase): Promise<TestDatabase> {
  return testDatabase(await templateOf(definition));
}

/** The same with a pool on it. Close it in `afterAll`. */
export async function migratedDatabase(definition: ServiceDatabase, poolSize = 10): Promise<MigratedDatabase> {
  const { url, drop } = await clonedDatabase(definition);
  const pool = await openDatabase({ ...definition, url, poolSize });
  const close = async () => {
    await pool.destroy();
    await drop();
  };
  return { url, pool, close };
}

/** The name of the database to clone. The first caller makes it; the others wait. */
async function templateOf(definition: ServiceDatabase): Promise<string> {
  const name = `template_${definition.schema}_${fingerprintOf(definition)}`;
  const client = new Client({ connectionString: testDatabaseServer() });
  await client.connect();
  try {
    await client.query('SELECT pg_advisory_lock(hashtext($1))', [name]);
    const { rowCount } = await client.query('SELECT 1 FROM pg_database WHERE datname = $1', [name]);
    if (!rowCount) await makeTemplate(client, name, definition);
    return name;
  } finally {
    await client.end();
  }
}

// Made under another name first, so that a failed migration never becomes a template.
async function makeTemplate(client: Client, name: string, definition: ServiceDatabase): Promise<void> {
  const draft = `${name}_draft`;
  await client.query(`DROP DATABASE IF EXISTS ${draft} WITH (FORCE)`);
  await client.query(`CREATE DATABASE ${draft}`);
  const database = await openDatabase({ ...definition, url: databaseUrl(draft) });
  try {
    await migrate(database);
  } finally {
    await database.destroy();
  }
  await client.query(`ALTER DATABASE ${draft} RENAME TO ${name}`);
}

// In watch mode migrations change while the server keeps running.
function fingerprintOf({ migrations }: ServiceDatabase): string {
  return createHash('sha256').update(migrations.map(String).join()).digest('hex').slice(0, 12);
}
