// A database of a bench's own on the server that `npm run bench` started, with a service's schema in it.
import { randomBytes } from 'node:crypto';
import pg from 'pg';
import { migrate, openDatabase } from '@account-backups/database';

/**
 * Opens, migrates, lets `act` work on it, and drops it again. `act` gets the service's connections, and `fill` to write
 * rows with, which may take long.
 */
export async function inDatabase(definition, act) {
  const server = process.env.TEST_DATABASE_URL;
  if (!server) throw new Error('TEST_DATABASE_URL is not set; use "npm run bench -- <name>"');
  const name = `bench_${randomBytes(6).toString('hex')}`;
  const url = Object.assign(new URL(server), { pathname: `/${name}` });
  await execute(server, `CREATE DATABASE ${name}`);
  const database = await openDatabase({ ...definition, url: url.href, poolSize: 10 });
  try {
    await migrate(database);
    return await act(database, (sql, values) => execute(url.href, sql, values));
  } finally {
    await database.destroy();
    await execute(server, `DROP DATABASE IF EXISTS ${name} WITH (FORCE)`);
  }
}

async function execute(connectionString, text, values = []) {
  const client = new pg.Client({ connectionString });
  await client.connect();
  try {
    await client.query(text, values);
  } finally {
    await client.end();
  }
}
