// A whole system of one's own, as `npm start` brings it up: own data folder, ports, database and vhost.
import { execFile, spawn, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { createInterface } from 'node:readline';
import { pathToFileURL } from 'node:url';
import { promisify } from 'node:util';
import { freePort } from './free-port.js';
import { freshVhost, testDatabase, testObjectStoreUrl } from './real-parts.js';

const run = promisify(execFile);
const root = resolve(import.meta.dirname, '../..');
const READY_MS = 240_000;

/** A folder, the S3 server of this run, or a store of the test's own by its URL. */
export type StoreKind = 'filesystem' | 's3' | URL;

export interface RunningSystem {
  readonly gatewayUrl: string;
  readonly subscriptionsUrl: string;
  readonly dataDir: string;
  /** Of the objects, for looking behind the system's back. */
  readonly objectStoreUrl: string;
  /** Of the services' schemas, likewise. */
  readonly databaseUrl: string;
  /** The command `account-backups`; gives its standard output. */
  command(...args: readonly string[]): Promise<string>;
  /** `kill -9` of the process that `npm start` runs. */
  kill(): Promise<void>;
  /** Starts again on the same data. */
  restart(): Promise<void>;
  stop(): Promise<void>;
}

/** Starts a system on real parts; `settings` are environment variables of its services. */
export async function startSystem(
  store: StoreKind,
  settings: Readonly<Record<string, string>> = {},
): Promise<RunningSystem> {
  const dataDir = await mkdtemp(join(tmpdir(), 'account-backups-e2e-'));
  const database = await testDatabase();
  const vhost = await freshVhost();
  const ports = { GATEWAY_PORT: await freePort(), SUBSCRIPTIONS_PORT: await freePort(), ISSUER_PORT: await freePort() };
  const objectStoreUrl = store instanceof URL ? store.href : urlOf(store, dataDir);
  const env = {
    ...process.env,
    ...Object.fromEntries(Object.entries(ports).map(([name, port]) => [name, String(port)])),
    DATA_DIR: dataDir,
    DATABASE_URL: database.url,
    RABBITMQ_URL: vhost.url,
    OBJECT_STORE_URL: objectStoreUrl,
    NO_DEMO: '1',
    LEASE_SECONDS: '3',
    SWEEP_SECONDS: '1',
    SEGMENT_MIB: '8',
    // Tests say themselves when to scan; the quarter of an hour would take what one has just requested.
    SCAN_CRON: '0 0 29 2 *',
    ...settings,
  };
  const tidyUp = async () => {
    await vhost.drop();
    await database.drop();
    await rm(dataDir, { recursive: true, force: true });
  };
  let child = await launch(env).catch(async (error: unknown) => {
    await tidyUp();
    throw error;
  });
  const end = async (signal: NodeJS.Signals) => {
    if (child.exitCode !== null || child.signalCode !== null) return;
    child.kill(signal);
    await once(child, 'exit');
  };
  return {
    gatewayUrl: `http://localhost:${ports.GATEWAY_PORT}`,
    subscriptionsUrl: `http://localhost:${ports.SUBSCRIPTIONS_PORT}`,
    dataDir,
    objectStoreUrl,
    databaseUrl: database.url,
    command: async (...args) => {
      const bin = join(root, 'tools/account-backups/bin/account-backups.mjs');
      return (await run(process.execPath, [bin, ...args], { env })).stdout.trim();
    },
    kill: () => end('SIGKILL'),
    restart: async () => {
      child = await launch(env);
    },
    stop: async () => {
      await end('SIGTERM');
      await tidyUp();
    },
  };
}

function urlOf(store: 'filesystem' | 's3', dataDir: string): string {
  return store === 's3' ? bucketOfOnesOwn(testObjectStoreUrl()) : pathToFileURL(join(dataDir, 'objects')).href;
}

function bucketOfOnesOwn(url: string): string {
  const own = new URL(url);
  own.pathname = `/e2e-${process.pid}-${Date.now()}`;
  return own.href;
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
