// A whole system as `npm start` brings it up, with its own data folder, ports, database and vhost.
import { execFile, spawn, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { createInterface } from 'node:readline';
import { pathToFileURL } from 'node:url';
import { promisify } from 'node:util';
import { Bus } from '@account-backups/messaging';
import { mintLocalToken, type TokenBearer } from 'account-backups/system/local-token.js';
import { freePort } from './free-port.js';
import { freshVhost, ownBucketUrl, testDatabase } from './real-parts.js';

const run = promisify(execFile);
export const root = resolve(import.meta.dirname, '../..');
const READY_MS = 240_000;

/** A folder, the S3 server of this run, or a store of the test's own by its URL. */
export type StoreKind = 'filesystem' | 's3' | URL;

export interface TestSystem {
  readonly gatewayUrl: string;
  readonly subscriptionsUrl: string;
  readonly dataDir: string;
  /** The object store, for tests that look behind the API. */
  readonly objectStoreUrl: string;
  /** The services' database, likewise. */
  readonly databaseUrl: string;
  /** Their broker, likewise. */
  readonly brokerUrl: string;
  /** Runs the command `account-backups` and returns its standard output. */
  command(...args: readonly string[]): Promise<string>;
  /** As `command('token', …)`, without the second that its process takes. */
  token(bearer: TokenBearer): Promise<string>;
  /** As `command('scan')`, likewise. */
  scan(): Promise<void>;
}

/** A system of a test's own. */
export interface RunningSystem extends TestSystem {
  /** `kill -9` of the process that `npm start` runs. */
  kill(): Promise<void>;
  /** Starts again on the same data. */
  restart(): Promise<void>;
  stop(): Promise<void>;
}

/** Where a system keeps what it has, as environment variables of its start. */
export type SystemPlace = Readonly<
  Record<
    | 'GATEWAY_PORT'
    | 'SUBSCRIPTIONS_PORT'
    | 'ISSUER_PORT'
    | 'DATA_DIR'
    | 'DATABASE_URL'
    | 'RABBITMQ_URL'
    | 'OBJECT_STORE_URL',
    string
  >
>;

/** Starts a system on real parts; `settings` are environment variables of its services. */
export async function startSystem(
  store: StoreKind,
  settings: Readonly<Record<string, string>> = {},
): Promise<RunningSystem> {
  const { place, drop } = await freshPlace(store);
  const env = environmentOf({ ...place, ...settings });
  let child = await launch(env).catch(async (error: unknown) => {
    await drop();
    throw error;
  });
  const end = async (signal: NodeJS.Signals) => {
    if (child.exitCode !== null || child.signalCode !== null) return;
    child.kill(signal);
    await once(child, 'exit');
  };
  return {
    ...systemAt(place),
    kill: () => end('SIGKILL'),
    restart: async () => {
      child = await launch(env);
    },
    stop: async () => {
      await end('SIGTERM');
      await drop();
    },
  };
}

/** A data folder, ports, a database and a vhost that nobody else uses. */
export async function freshPlace(store: StoreKind): Promise<{ place: SystemPlace; drop(): Promise<void> }> {
  const dataDir = await mkdtemp(join(tmpdir(), 'account-backups-e2e-'));
  const [database, vhost] = await Promise.all([testDatabase(), freshVhost()]);
  const place = {
    GATEWAY_PORT: String(await freePort()),
    SUBSCRIPTIONS_PORT: String(await freePort()),
    ISSUER_PORT: String(await freePort()),
    DATA_DIR: dataDir,
    DATABASE_URL: database.url,
    RABBITMQ_URL: vhost.url,
    OBJECT_STORE_URL: store instanceof URL ? store.href : urlOf(store, dataDir),
  };
  const drop = async () => {
    await Promise.all([vhost.drop(), database.drop()]);
    await rm(dataDir, { recursive: true, force: true });
  };
  return { place, drop };
}

/** The environment that starts a system at this place, and in which its command finds it. */
export function environmentOf(place: Readonly<Record<string, string>>): NodeJS.ProcessEnv {
  return {
    ...process.env,
    NO_DEMO: '1',
    LEASE_SECONDS: '3',
    SWEEP_SECONDS: '1',
    SEGMENT_MIB: '8',
    // Tests trigger scans themselves; a scheduled one would pick up what a test has just requested.
    SCAN_CRON: '0 0 29 2 *',
    ...place,
  };
}

export function systemAt(place: SystemPlace): TestSystem {
  const bin = join(root, 'tools/account-backups/bin/account-backups.mjs');
  const env = environmentOf(place);
  const issuerUrl = `http://localhost:${place.ISSUER_PORT}`;
  return {
    gatewayUrl: `http://localhost:${place.GATEWAY_PORT}`,
    subscriptionsUrl: `http://localhost:${place.SUBSCRIPTIONS_PORT}`,
    dataDir: place.DATA_DIR,
    objectStoreUrl: place.OBJECT_STORE_URL,
    databaseUrl: place.DATABASE_URL,
    brokerUrl: place.RABBITMQ_URL,
    command: async (...args) => (await run(process.execPath, [bin, ...args], { env })).stdout.trim(),
    token: (bearer) => mintLocalToken({ dataDir: place.DATA_DIR, issuerUrl, bearer }),
    scan: () => tickNow(place.RABBITMQ_URL),
  };
}

/** Has the scheduler of a broker's system look now. */
export async function tickNow(brokerUrl: string): Promise<void> {
  const bus = new Bus({ url: brokerUrl, name: 'tests' });
  try {
    await bus.request('scheduler.tick-now', {});
  } finally {
    await bus.close();
  }
}

function urlOf(store: 'filesystem' | 's3', dataDir: string): string {
  return store === 's3' ? ownBucketUrl() : pathToFileURL(join(dataDir, 'objects')).href;
}

async function launch(env: NodeJS.ProcessEnv): Promise<ChildProcess> {
  const child = spawn(process.execPath, [join(root, 'scripts/start.mjs')], { env, stdio: ['ignore', 'pipe', 'pipe'] });
  const said: string[] = [];
  child.stderr.on('data', (chunk: Buffer) => said.push(chunk.toString()));
  const lines = createInterface({ input: child.stdout });
  const timer = setTimeout(() => child.kill('SIGKILL'), READY_MS);
  for await (const line of lines) {
    said.push(`${line}\n`);
    if (line.startsWith('ready ')) {
      clearTimeout(timer);
      child.stdout.resume();
      return child;
    }
  }
  throw new Error(`the system did not become ready:\n${said.join('')}`);
}
