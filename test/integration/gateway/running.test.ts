// What runs on a gateway ends with what it runs on: event streams and downloads, over real connections.
import { randomUUID } from 'node:crypto';
import { mkdtemp, rm } from 'node:fs/promises';
import { request as httpRequest, type IncomingMessage } from 'node:http';
import { once } from 'node:events';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { pathToFileURL } from 'node:url';
import type { Payload } from '@account-backups/contracts';
import { openObjectStore } from '@account-backups/object-store';
import { eventually } from '../../support/eventually.js';
import { freePort } from '../../support/free-port.js';
import type { Answers } from '../../support/told-bus.js';
import { startTestIssuer, type TestIssuer } from '../subscriptions/token-issuer.js';
import { startToldGateway } from './told-gateway.js';

const SIZE = 64 * 1024 * 1024;
const BOUND = { deadlineMs: 5_000, everyMs: 20 };
const [backupId, downloadId] = [randomUUID(), randomUUID()];

let folder: string;
let issuer: TestIssuer;
let url: string;
let end: () => Promise<void>;
let ranges: Payload<'downloads.end-range'>[];
/** Who is active, and which backups they see. */
let active: Set<string>;
let sees: boolean;

const answers: Answers = {
  'permissions.find-user': ({ subject }) => ({ userId: subject, active: active.has(subject), notBefore: null }),
  'sessions.check': ({ tokens }) => ({ sessions: [], tokens: tokens.map(({ userId }) => active.has(userId)) }),
  'backups.check-visible': ({ asked }) => ({ visible: asked.map(() => sees) }),
  'backups.get-archive': () => ({
    backupId,
    userName: 'Ada',
    objectKey: 'archives/one.zip',
    sizeBytes: SIZE,
    sha256: '0'.repeat(64),
    fileName: 'one.zip',
    completedAt: '2026-01-01T00:00:00.000Z',
    expiresAt: '2099-01-01T00:00:00.000Z',
  }),
  'downloads.get': () => ({ downloadId, ofBytes: SIZE, expiresAt: '2099-01-01T00:00:00.000Z' }),
  'downloads.begin-range': ({ transferId = randomUUID() }) => ({ transferId }),
  'downloads.note-sent': () => ({}),
  'downloads.end-range': (range) => {
    ranges.push(range);
    return {};
  },
};

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'account-backups-running-'));
  const store = openObjectStore(pathToFileURL(folder).href);
  await store.initialise();
  await store.put('archives/one.zip', Buffer.alloc(SIZE, 7));
  issuer = await startTestIssuer();
  url = `http://localhost:${await freePort()}`;
  const settings = {
    OIDC_ISSUER: issuer.issuer,
    OIDC_AUDIENCE: issuer.audience,
    OIDC_CLIENT_ID: 'gateway',
    OIDC_CLIENT_SECRET: 'secret',
    OBJECT_STORE_URL: pathToFileURL(folder).href,
  };
  end = await startToldGateway(url, settings, answers);
});
beforeEach(() => {
  [ranges, active, sees] = [[], new Set(['ada']), true];
});
afterAll(async () => {
  await end?.();
  await issuer?.close();
  await rm(folder, { recursive: true, force: true });
});

/** An answer whose bytes nobody reads beyond the first. */
async function begun(path: string, lifetime = '1h'): Promise<IncomingMessage> {
  const token = await issuer.token({ sub: 'ada', account_id: 'lab', scope: 'backups' }, lifetime);
  const call = httpRequest(`${url}/api/v1/${path}`, { headers: { authorization: `Bearer ${token}` } }).end();
  call.on('error', () => undefined);
  const [answer] = (await once(call, 'response')) as [IncomingMessage];
  answer.on('error', () => undefined);
  return answer;
}

const STREAM = 'events';
const DOWNLOAD = `backups/${backupId}/downloads/${downloadId}/archive`;

/** Once its connection or its body has ended; false after five seconds. */
function isOver(answer: IncomingMessage): Promise<boolean> {
  const closed = new Promise<boolean>((resolve) => void answer.resume().once('close', () => resolve(true)));
  return answer.destroyed ? Promise.resolve(true) : Promise.race([closed, sleep(5_000, false, { ref: false })]);
}

it('a download ends five seconds after its person was deactivated at the latest, and says how far it got', async () => {
  const answer = await begun(DOWNLOAD);
  active.clear();
  await eventually(() => expect(ranges.length).toBe(1), BOUND);
  expect(ranges[0]).toMatchObject({ accountId: 'lab', backupId, downloadId });
  expect(ranges[0]?.bytesSent).toBeGreaterThan(0);
  expect(ranges[0]?.bytesSent).toBeLessThan(SIZE);
  expect(await isOver(answer)).toBe(true);
});

it('a download ends within five seconds after the right to its backup was lost', async () => {
  const answer = await begun(DOWNLOAD);
  sees = false;
  await eventually(() => expect(ranges.length).toBe(1), BOUND);
  expect(await isOver(answer)).toBe(true);
});

it.each([
  ['an event stream', STREAM],
  ['a download', DOWNLOAD],
])('%s ends at the end of its token', async (_what, path) => {
  const answer = await begun(path, '2s');
  await eventually(() => expect(ranges.length).toBe(path === DOWNLOAD ? 1 : 0), { deadlineMs: 7_000 });
  expect(await isOver(answer)).toBe(true);
});

it('an event stream ends within five seconds after its person was deactivated', async () => {
  const answer = await begun(STREAM);
  active.clear();
  expect(await isOver(answer)).toBe(true);
});

it('a download that nobody stops comes whole', async () => {
  const answer = await begun(DOWNLOAD);
  let bytes = 0;
  for await (const chunk of answer) bytes += (chunk as Buffer).length;
  expect(bytes).toBe(SIZE);
});
