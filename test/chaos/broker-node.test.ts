// One node of three is away: requests, facts and jobs go on, whichever it is.
import { chmodSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Office } from '../integration/messaging/harness.js';
import { eventually } from '../support/eventually.js';
import { startBroker, type StormBroker } from './storm/broker.js';

const AGAIN_MS = 20_000;

let folder: string;
let broker: StormBroker;
let office: Office;

beforeAll(async () => {
  folder = mkdtempSync(join(tmpdir(), 'account-backups-nodes-'));
  chmodSync(folder, 0o711);
  broker = await startBroker(folder, 3);
  office = new Office(broker.url);
}, 180_000);
afterAll(async () => {
  await office?.tidy();
  await broker?.stop();
  rmSync(folder, { recursive: true, force: true });
}, 60_000);

it('serves a service whichever node of the broker dies', async () => {
  const told: string[] = [];
  const worked: string[] = [];
  await office.service('permissions', {});
  await office.service('documents', {
    'desk.ask': ({ text }) => text,
    'desk.told': ({ text }) => void told.push(text),
    'desk.work': ({ text }) => void worked.push(text),
  });
  const bus = office.bus();
  for (const [number, node] of broker.nodes.entries()) {
    const text = `without node ${number + 1}`;
    await node.kill('SIGKILL');
    const soon = { everyMs: 100, deadlineMs: AGAIN_MS };
    await eventually(async () => expect(await bus.request('desk.ask', { text })).toBe(text), soon);
    await eventually(() => bus.publish('desk.told', { text }), soon);
    await eventually(() => bus.enqueue('desk.work', { text }), soon);
    await eventually(() => expect(told).toContain(text), soon);
    await eventually(() => expect(worked).toContain(text), soon);
    await node.startAgain();
  }
}, 300_000);
