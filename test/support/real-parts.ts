// Each test file's own database, vhost and bucket in the real parts that `npm test` started. Files share nothing.
import { execFile } from 'node:child_process';
import { randomBytes } from 'node:crypto';
import { existsSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { promisify } from 'node:util';
import { Client } from 'pg';

const run = promisify(execFile);

export interface TestDatabase {
  /** Its user may do everything. */
  readonly url: string;
  drop(): Promise<void>;
}

/** A database of this test file's own: empty, or a copy of `template`. Drop it in `afterAll`. */
export async function testDatabase(template = 'template1'): Promise<TestDatabase> {
  const server = testDatabaseServer();
  const name = uniqueName();
  await execute(server, `CREATE DATABASE ${name} TEMPLATE ${template}`);
  const drop = () => execute(server, `DROP DATABASE IF EXISTS ${name} WITH (FORCE)`);
  return { url: databaseUrl(name), drop };
}

/** Where databases are made and dropped. */
export function testDatabaseServer(): string {
  return setting('TEST_DATABASE_URL');
}

export function databaseUrl(name: string): string {
  const url = new URL(testDatabaseServer());
  url.pathname = `/${name}`;
  return url.href;
}

/** The default vhost of the broker, which all test files share: for tests whose queues have unique names. */
export function testBrokerUrl(): string {
  return setting('TEST_RABBITMQ_URL');
}

export interface TestVhost {
  readonly url: string;
  drop(): Promise<void>;
}

/** A vhost of this test file's own, so that queues of the same name do not clash. */
export async function freshVhost(): Promise<TestVhost> {
  const url = new URL(testBrokerUrl());
  const name = uniqueName();
  const permissions = `rabbit_auth_backend_internal:set_permissions(<<"${url.username}">>, V, <<".*">>, <<".*">>, <<".*">>, U)`;
  await evaluate(`V = <<"${name}">>, U = <<"tests">>, ok = rabbit_vhost:add(V, U), ${permissions}`);
  url.pathname = `/${name}`;
  const drop = () => evaluate(`rabbit_vhost:delete(<<"${name}">>, <<"tests">>)`);
  return { url: url.href, drop };
}

/** The bucket of the real S3 server, as `OBJECT_STORE_URL` spells it. */
export function testObjectStoreUrl(): string {
  return setting('TEST_OBJECT_STORE_URL');
}

/** The URL of a bucket that nobody else uses; the first write creates it. */
export function ownBucketUrl(): string {
  const url = new URL(testObjectStoreUrl());
  url.pathname = `/${uniqueName().replace('_', '-')}`;
  return url.href;
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

/** Runs `rabbitmqctl` against the broker of this run, and gives what it prints. */
export async function control(...args: readonly string[]): Promise<string> {
  const { command, env } = brokerControl();
  return (await run(command, [...args], { env })).stdout;
}

/** Has the broker evaluate an expression, by Erlang's `erl_call`: `rabbitmqctl eval` takes a hundred times as long. */
async function evaluate(expression: string): Promise<void> {
  const { command, env } = brokerControl();
  const erlCall = join(dirname(command), '../../../bin/erl_call');
  if (!existsSync(erlCall)) return void (await control('eval', `${expression}.`));
  const stdout = await callNode(erlCall, ['-sname', env['RABBITMQ_NODENAME'] ?? '', '-e'], env, `${expression}.\n`);
  if (!stdout.startsWith('{ok')) throw new Error(`the broker answers ${stdout} to ${expression}`);
}

/** Asks again while a busy node does not take the connection: then nothing was evaluated. */
async function callNode(command: string, args: string[], env: NodeJS.ProcessEnv, input: string): Promise<string> {
  const deadline = Date.now() + 30_000;
  for (;;) {
    const called = run(command, args, { env });
    // One that ends before it has read its input says why by its exit.
    called.child.stdin?.on('error', () => undefined).end(input);
    try {
      return (await called).stdout;
    } catch (error) {
      if (!String(error).includes('failed to connect to node') || Date.now() >= deadline) throw error;
    }
  }
}

function brokerControl(): { readonly command: string; readonly env: Readonly<Record<string, string>> } {
  return JSON.parse(setting('TEST_RABBITMQ_CONTROL')) as ReturnType<typeof brokerControl>;
}

/** What `npm test` tells the tests of this run. */
export function setting(name: string): string {
  const value = process.env[name];
  if (value) return value;
  throw new Error(`${name} is not set: run these tests with "npm test", which starts the real parts.`);
}
