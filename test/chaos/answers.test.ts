// While a part is away or the broker hangs, whoever asks is told so soon, and served again once it is back.
import { execFile } from 'node:child_process';
import { promisify } from 'node:util';
import { ApiClient } from '../support/api-client.js';
import { eventually } from '../support/eventually.js';
import { directory } from '../support/laboratory.js';
import { startFleet, type Fleet } from './storm/fleet.js';
import { startParts, type StormParts } from './storm/parts.js';
import type { PartName } from './storm/replica.js';

const run = promisify(execFile);

// Two seconds, and what a busy machine adds.
const CLEAR_MS = 4_000;
const path = '/api/v1/provisioning/accounts/lab';

let parts: StormParts;
let fleet: Fleet;
let host: ApiClient;
let admin: ApiClient;

beforeAll(async () => {
  parts = await startParts('s3', 1);
  fleet = await startFleet({ parts, replicas: 1, builders: 1, settings: { SCAN_CRON: '0 0 29 2 *' } });
  const tokens = await Promise.all([
    fleet.token({ service: 'host', scopes: ['provisioning'] }),
    fleet.token({ accountId: 'lab', userId: 'sia' }),
  ]);
  [host, admin] = tokens.map((token) => new ApiClient(fleet.gatewayUrl, token)) as [ApiClient, ApiClient];
  expect((await host.put(`${path}/directory`, directory)).status).toBe(200);
  const sales = new ApiClient(
    fleet.subscriptionsUrl,
    await fleet.token({ service: 'sales', scopes: ['subscriptions'] }),
  );
  const terms = { startsOn: '2020-01-01', endsOn: '2099-12-31', reference: 'A', note: 'for these tests' };
  expect((await sales.put('/v1/accounts/lab/subscription', terms)).status).toBe(200);
}, 240_000);
afterAll(async () => {
  await fleet?.stop();
  await parts?.stop();
}, 60_000);

let files = 0;
const calls: Readonly<Record<string, () => Promise<{ status: number }>>> = {
  'GET me': () => admin.get('/api/v1/me'),
  'GET backups': () => admin.get('/api/v1/backups'),
  'POST estimate': () => admin.post('/api/v1/backups/estimate', {}),
  'PUT file': () => host.raw('PUT', `${path}/files/f-${(files += 1)}`, new TextEncoder().encode('content')),
};

/** Status and milliseconds of each call, all at once as different people make them. */
async function answers(): Promise<Readonly<Record<string, { status: number; ms: number }>>> {
  const timed = Object.entries(calls).map(async ([name, call]) => {
    const asked = performance.now();
    const { status } = await call();
    return [name, { status, ms: Math.round(performance.now() - asked) }] as const;
  });
  return Object.fromEntries(await Promise.all(timed));
}

async function allServed(): Promise<void> {
  const statuses = Object.values(await answers()).map(({ status }) => status);
  expect(statuses).toEqual(statuses.map(() => 200));
}

/** Twice: the first call meets it unprepared, later ones need not find out again. Those of `served` go on. */
async function expectClearWhile(harm: () => void, mend: () => void, served: readonly string[] = []): Promise<void> {
  await eventually(allServed, { deadlineMs: 60_000 });
  harm();
  try {
    for (const round of [1, 2]) {
      const found = await answers();
      const slow = Object.entries(found).filter(([, { ms }]) => ms > CLEAR_MS);
      expect({ round, slow }).toEqual({ round, slow: [] });
      for (const { status } of Object.values(found)) expect([200, 503]).toContain(status);
      expect(served.map((name) => [name, found[name]?.status])).toEqual(served.map((name) => [name, 200]));
    }
  } finally {
    mend();
  }
  await eventually(allServed, { deadlineMs: 30_000 });
}

/** The part of the machine's memory from which on the broker takes no messages. */
async function brokerLimit(fraction: string): Promise<void> {
  const { control, controlEnvironment } = parts.broker.nodes[0].running;
  await run(control, ['set_vm_memory_high_watermark', fraction], { env: { ...process.env, ...controlEnvironment } });
}

const wiresTo = (part: PartName) => fleet.replicas.flatMap(({ program }) => program.wires[part] ?? []);

it.each<PartName>(['database', 'broker', 'store'])(
  'is told at once that the %s is away',
  (part) =>
    expectClearWhile(
      () => wiresTo(part).forEach((wire) => wire.cut()),
      () => wiresTo(part).forEach((wire) => wire.mend()),
    ),
  120_000,
);

it.each<PartName>(['broker', 'database', 'store'])(
  'is told soon that the %s hangs',
  (part) =>
    expectClearWhile(
      () => wiresTo(part).forEach((wire) => wire.hang()),
      () => wiresTo(part).forEach((wire) => wire.mend()),
    ),
  120_000,
);

it('is told that the broker takes nothing, and what was refused is not done later', async () => {
  await eventually(allServed, { deadlineMs: 60_000 });
  await brokerLimit('0.000001');
  try {
    // The first message of a connection still gets through.
    for (const _connections of [1, 2]) await answers();
    const asked = performance.now();
    expect((await admin.post('/api/v1/backups', {})).status).toBe(503);
    expect(performance.now() - asked).toBeLessThan(CLEAR_MS);
  } finally {
    await brokerLimit('0.6');
  }
  await eventually(allServed, { deadlineMs: 30_000 });
  // It would be refused if another one were pending.
  expect((await admin.post('/api/v1/backups', {})).status).toBe(201);
}, 120_000);

it.each([
  ['scheduler', ['GET me', 'GET backups']],
  ['subscriptions', ['GET me', 'GET backups']],
  ['permissions', []],
  ['backups', []],
  ['documents', []],
])(
  'is not kept waiting by %s, which stands still',
  (service, served) => {
    const replicas = fleet.replicas.filter(({ program }) => program.service === service);
    return expectClearWhile(
      () => replicas.forEach((replica) => replica.signal('SIGSTOP')),
      () => replicas.forEach((replica) => replica.signal('SIGCONT')),
      served,
    );
  },
  120_000,
);
