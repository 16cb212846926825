// Rooms of one's own in the real parts that `npm test` started: a database, a vhost. Nothing is shared between files.
import { execFile } from 'node:child_process';
import { randomBytes } from 'node:crypto';
import { promisify } from 'node:util';
import { Client } from 'pg';

const run = promisify(execFile);

export interface TestDatabase {
  /** Of a fresh, empty database; its user may do everything. */
  readonly url: string;
  drop(): Promise<void>;
}

/** A database of this test file's own. Drop it in `afterAll`. */
export async function testDatabase(): Promise<TestDatabase> {
  const server = setting('TEST_DATABASE_URL');
  const name = uniqueName();
  await execute(server, `CREATE DATABASE ${name}`);
  const url = new URL(server);
  url.pathname = `/${name}`;
  return { url: url.href, drop: () => execute(server, `DROP DATABASE IF EXISTS ${name} WITH (FORCE)`) };
}

/** The broker that all test files share, its default vhost. For tests that name their queues uniquely. */
export function testBrokerUrl(): string {
  return setting('TEST_RABBITMQ_URL');
}

export interface TestVhost {
  readonly url: string;
  drop(): Promise<void>;
}

/** A vhost of one's own, so that queues of the same name do not meet; costs about two seconds. */
export async function freshVhost(): Promise<TestVhost> {
  const url = new URL(testBrokerUrl());
  const name = uniqueName();
  const permissions = `rabbit_auth_backend_internal:set_permissions(<<"${url.username}">>, V, <<".*">>, <<".*">>, <<".*">>, U)`;
  await control('eval', `V = <<"${name}">>, U = <<"tests">>, ok = rabbit_vhost:add(V, U), ${permissions}.`);
  url.pathname = `/${name}`;
  return { url: url.href, drop: () => control('eval', `rabbit_vhost:delete(<<"${name}">>, <<"tests">>).`) };
}

/** The bucket of the real S3 server, as `OBJECT_STORE_URL` spells it. */
export function testObjectStoreUrl(): string {
  return setting('TEST_OBJECT_STORE_URL');
}

function uniqueName(): string {
  return `test_${randomBytes(6).toString('hex')}`;
}

async function execute(url: string, statement: string): Promise<void> {
  const client = new Client({ connectionString: url });
  await client.connect();
  try {
    await client.query(statement);
  } finally {
    await client.end();
  }
}

/** Runs `rabbitmqctl` against the broker of this run. */
export async function control(...args: readonly string[]): Promise<void> {
  const { command, env } = JSON.parse(setting('TEST_RABBITMQ_CONTROL')) as {
    command: string;
    env: Record<string, string>;
  };
  await run(command, [...args], { env });
}

function setting(name: string): string {
  const value = process.env[name];
  if (value) return value;
  throw new Error(`${name} is not set: run these tests with "npm test", which starts the real parts.`);
}
