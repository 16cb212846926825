// Database, broker and store behind TLS: taken with the certificate that is trusted, and with no other.
import { spawn, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { fileURLToPath } from 'node:url';
import { openObjectStore, randomKeyPart } from '@account-backups/object-store';
import { eventually } from '../../support/eventually.js';
import { freePort } from '../../support/free-port.js';
import { freshRing } from '../../support/key-rings.js';
import {
  freshVhost,
  testDatabase,
  testObjectStoreUrl,
  type TestDatabase,
  type TestVhost,
} from '../../support/real-parts.js';
import { CERTIFICATE, tlsWire, type TlsWire } from '../../support/tls-wire.js';

const main = fileURLToPath(new URL('../../../services/zip-builder/dist/main.js', import.meta.url));

let database: TestDatabase;
let vhost: TestVhost;
let wires: TlsWire[];
let settings: Record<string, string>;
let service: ChildProcess;
let healthPort: number;

beforeAll(async () => {
  [database, vhost] = await Promise.all([testDatabase(), freshVhost()]);
  const store = new URL(testObjectStoreUrl());
  store.pathname = `/test-${randomKeyPart()}`;
  await openObjectStore(store.href).initialise();
  const through = async (url: URL, options = {}) => {
    const wire = await tlsWire(url.hostname, Number(url.port), options);
    url.host = `localhost:${wire.port}`;
    return wire;
  };
  const [sql, broker] = [new URL(database.url), new URL(vhost.url)];
  wires = [await through(sql, { asksFirst: true }), await through(broker), await through(store)];
  sql.searchParams.set('sslmode', 'verify-full');
  store.searchParams.delete('tls');
  settings = {
    DATABASE_URL: sql.href,
    RABBITMQ_URL: broker.href.replace(/^amqp:/, 'amqps:'),
    OBJECT_STORE_URL: store.href,
    SEAL_KEYS: freshRing('seal').toText(),
    REQUIRE_TLS: 'true',
  };
}, 60_000);
afterEach(async () => {
  if (service.exitCode !== null) return;
  service.kill('SIGKILL');
  await once(service, 'exit');
});
afterAll(async () => {
  for (const wire of wires) wire.close();
  await Promise.all([database.drop(), vhost.drop()]);
});

async function start(more: Readonly<Record<string, string>>): Promise<void> {
  healthPort = await freePort();
  const env = { PATH: process.env['PATH'], HEALTH_PORT: String(healthPort), ...settings, ...more };
  service = spawn(process.execPath, [main], { env, stdio: ['ignore', 'pipe', 'pipe'] });
}

async function report(): Promise<{ ready: boolean; parts: Readonly<Record<string, string>> }> {
  const answer = await fetch(`http://127.0.0.1:${healthPort}/health/ready`);
  return (await answer.json()) as { ready: boolean; parts: Readonly<Record<string, string>> };
}

it('works through TLS alone with the certificate that it is told to trust', async () => {
  await start({ NODE_EXTRA_CA_CERTS: CERTIFICATE });
  await eventually(async () => expect((await report()).ready).toBe(true));
  expect(wires.map(({ encrypted }) => encrypted() > 0)).toEqual([true, true, true]);
}, 60_000);

it('ends with a certificate that nobody vouches for, and says why', async () => {
  await start({});
  expect(await lastWords()).toMatch(/self-signed certificate/);
}, 60_000);

it('refuses addresses without TLS where it is required, naming all', async () => {
  await start({ DATABASE_URL: database.url, RABBITMQ_URL: vhost.url, OBJECT_STORE_URL: testObjectStoreUrl() });
  const said = await lastWords();
  for (const name of ['DATABASE_URL', 'RABBITMQ_URL', 'OBJECT_STORE_URL']) expect(said).toContain(`${name}: `);
}, 60_000);

/** What it wrote until it ended by itself, which is a failure. */
async function lastWords(): Promise<string> {
  let said = '';
  for (const stream of [service.stdout, service.stderr]) stream?.on('data', (text) => (said += String(text)));
  const [code] = (await once(service, 'close')) as [number];
  expect(code).not.toBe(0);
  return said;
}
