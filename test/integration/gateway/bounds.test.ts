// How much a caller may have in hand at once, on a gateway in this process whose neighbours answer as the test says.
import { once } from 'node:events';
import { request as httpRequest, type IncomingMessage } from 'node:http';
import { json } from 'node:stream/consumers';
import { AppError } from '@account-backups/contracts';
import { Logger } from '@nestjs/common';
import { eventually } from '../../support/eventually.js';
import { freePort } from '../../support/free-port.js';
import type { Answers } from '../../support/told-bus.js';
import { startTestIssuer, type TestIssuer } from '../subscriptions/token-issuer.js';
import { refusal } from './harness.js';
import { startToldGateway } from './told-gateway.js';

const TOO_MANY = { status: 429, code: 'TOO_MANY_REQUESTS' };
const RATE = 40;

let issuer: TestIssuer;
let url: string;
let end: () => Promise<void>;
let waiting: (() => void)[];

const answers: Answers = {
  'permissions.get-account': ({ accountId }) => ({
    accountId,
    name: 'Northfield',
    timeZone: 'Europe/London',
    enterprise: false,
  }),
  'documents.get-file': () => null,
  'permissions.find-user': ({ subject }) => ({ userId: subject, active: true }),
  'backups.list': () => new Promise((resolve) => waiting.push(() => resolve({ items: [], nextCursor: null }))),
  'backups.get': () => {
    throw new AppError('NOT_FOUND', 'there is no such backup');
  },
};

beforeEach(async () => {
  waiting = [];
  issuer = await startTestIssuer();
  url = `http://localhost:${await freePort()}`;
  const settings = {
    OIDC_ISSUER: issuer.issuer,
    OIDC_AUDIENCE: issuer.audience,
    OIDC_CLIENT_ID: 'gateway',
    OIDC_CLIENT_SECRET: 'secret',
    CALLS_AT_ONCE_PER_PERSON: '3',
    CALLS_AT_ONCE_PER_ACCOUNT: '5',
    FILE_SIZE_LIMIT_MIB: '1',
    EVENT_STREAMS_PER_PERSON: '2',
    EVENT_STREAMS_PER_ACCOUNT: '3',
    RATE_LIMIT_PER_MINUTE: String(RATE),
  };
  end = await startToldGateway(url, settings, answers);
});
afterEach(async () => {
  for (const answer of waiting) answer();
  await end?.();
  await issuer.close();
});

async function headersOf(userId: string, accountId = 'lab') {
  return { authorization: `Bearer ${await issuer.token({ sub: userId, account_id: accountId, scope: 'backups' })}` };
}

/** Calls that wait for their answer, as many as asked for. */
async function inHand(count: number, userId: string): Promise<{ readonly calls: readonly Promise<Response>[] }> {
  const headers = await headersOf(userId);
  const before = waiting.length;
  const calls = Array.from({ length: count }, () => fetch(`${url}/api/v1/backups`, { headers }));
  while (waiting.length < before + count) await new Promise((resolve) => setImmediate(resolve));
  return { calls };
}

const other = async (userId: string, accountId?: string) =>
  fetch(`${url}/api/v1/backups/none`, { headers: await headersOf(userId, accountId) });

it('refuses a person, and an account, more calls at once, and nobody else', async () => {
  await inHand(3, 'ada');
  const refused = await other('ada');
  expect(refused.headers.get('retry-after')).toBe('1');
  expect(await refusal(refused)).toEqual(TOO_MANY);
  const { calls } = await inHand(2, 'leo');
  expect(await refusal(await other('leo'))).toEqual(TOO_MANY);
  expect((await other('leo', 'works')).status).toBe(404);
  for (const answer of waiting) answer();
  expect((await Promise.all(calls)).map(({ status }) => status)).toEqual([200, 200]);
  await eventually(async () => expect((await other('ada')).status).toBe(404));
});

it('frees the place of a call whose caller left', async () => {
  const headers = await headersOf('ada');
  const leave = new AbortController();
  const calls = [1, 2, 3].map(() => fetch(`${url}/api/v1/backups`, { headers, signal: leave.signal }));
  while (waiting.length < 3) await new Promise((resolve) => setImmediate(resolve));
  leave.abort();
  await Promise.allSettled(calls);
  await eventually(async () => expect((await other('ada')).status).toBe(404));
});

it('bounds event streams by person and account, and they take no place of a call', async () => {
  const open = async (userId: string) => fetch(`${url}/api/v1/events`, { headers: await headersOf(userId) });
  const streams = [await open('ada'), await open('ada')];
  expect(streams.map(({ status }) => status)).toEqual([200, 200]);
  expect(await refusal(await open('ada'))).toEqual(TOO_MANY);
  streams.push(await open('leo'));
  expect(await refusal(await open('mona'))).toEqual(TOO_MANY);
  await inHand(3, 'ada');
  for (const { body } of streams) await body?.cancel();
});

it('counts calls of addresses that do not exist', async () => {
  const statuses = [];
  for (let call = 0; call < RATE + 1; call += 1) statuses.push((await fetch(`${url}/nowhere/${call}`)).status);
  expect(statuses).toEqual([...Array.from({ length: RATE }, () => 404), 429]);
});

it.each(['directory', 'documents', 'files/f-1'])('has one refusal for a body of %s that breaks off', async (route) => {
  const told: { event?: string }[] = [];
  const listen = (message: object) => told.push(message);
  Logger.overrideLogger({ log: listen, warn: listen, error: listen, debug: listen });
  const headers = {
    authorization: `Bearer ${await issuer.token({ sub: 'host', scope: 'provisioning' })}`,
    'content-length': '1000',
    'content-type': 'application/json',
  };
  const method = route === 'documents' ? 'POST' : 'PUT';
  const call = httpRequest(`${url}/api/v1/provisioning/accounts/lab/${route}`, { method, headers });
  call.on('error', () => undefined);
  await new Promise((resolve) => call.write('{ "half": ', resolve));
  call.destroy();
  await eventually(() => expect(told).toContainEqual(expect.objectContaining({ event: 'request.aborted' })));
  expect(told.filter(({ event }) => event === 'request.failed')).toEqual([]);
  Logger.overrideLogger(false);
});

it.each([
  ['that says so, before any of it came', { 'content-length': String(2 ** 20 + 1) }, 0],
  ['that does not say so, once it is', { 'transfer-encoding': 'chunked' }, 2 ** 20 + 1],
])('refuses a content that is too large %s', async (_when, size, count) => {
  const token = await issuer.token({ sub: 'host', scope: 'provisioning' });
  const headers = { authorization: `Bearer ${token}`, ...size };
  const call = httpRequest(`${url}/api/v1/provisioning/accounts/lab/files/f-1`, { method: 'PUT', headers });
  call.on('error', () => undefined).flushHeaders();
  if (count > 0) call.write(Buffer.alloc(count));
  const [answer] = (await once(call, 'response')) as [IncomingMessage];
  expect(answer.statusCode).toBe(413);
  expect(await json(answer)).toMatchObject({ code: 'PAYLOAD_TOO_LARGE' });
  call.destroy();
});
