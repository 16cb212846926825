// What is recorded of a person who leaves before the end: straight at the gateway, and behind proxies as they come.
import { createHash, randomUUID } from 'node:crypto';
import { mkdtemp, rm } from 'node:fs/promises';
import { get, type IncomingMessage } from 'node:http';
import { connect, type Socket } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { once } from 'node:events';
import { pathToFileURL } from 'node:url';
import { KIB, MIB } from '@account-backups/contracts';
import { openObjectStore } from '@account-backups/object-store';
import { eventually } from '../../support/eventually.js';
import { freePort } from '../../support/free-port.js';
import { startHaproxy, startNginx, type ReverseProxy } from '../../support/reverse-proxies.js';
import type { Answers } from '../../support/told-bus.js';
import { startForeignIssuer, type ForeignIssuer } from './foreign-issuer.js';
import { startToldGateway } from './told-gateway.js';

const AUDIENCE = 'account-backups';
/** Fits into what the system buffers for a connection, so that all of it is sent at once. */
const SMALL = 600 * KIB;
const LARGE = 48 * MIB;
const KEY = 'accounts/lab/backups/1.zip';
const EXPIRES_AT = '2099-01-01T00:00:00.000Z';

let issuer: ForeignIssuer;
let endGateway: () => Promise<void>;
let proxies: readonly ReverseProxy[] = [];
let folder: string;
let token: string;
let addresses: Record<'straight' | 'behind nginx' | 'behind HAProxy', string>;
/** How far the range has got, as it was noted. */
let noted: number[];
/** How far it got in the end. */
let ended: number | undefined;

const backups = new Map([SMALL, LARGE].map((sizeBytes) => [randomUUID() as string, sizeBytes]));
const sizeOf = (backupId: string) => backups.get(backupId) ?? 0;
const backupOf = (sizeBytes: number) => [...backups].find(([, size]) => size === sizeBytes)?.[0] ?? '';

const answers: Answers = {
  'permissions.find-user': () => ({ userId: 'ada', active: true }),
  'backups.get-archive': ({ backupId }) => ({
    backupId,
    userName: 'Ada',
    objectKey: KEY,
    sizeBytes: sizeOf(backupId),
    sha256: createHash('sha256').digest('hex'),
    fileName: 'backup.zip',
    completedAt: '2026-01-01T00:00:00.000Z',
    expiresAt: EXPIRES_AT,
  }),
  'downloads.get': ({ backupId, downloadId }) => ({ downloadId, ofBytes: sizeOf(backupId), expiresAt: EXPIRES_AT }),
  'downloads.begin-range': ({ transferId = randomUUID() }) => ({ transferId }),
  'downloads.note-sent': ({ bytesSent }) => {
    noted.push(bytesSent);
    return {};
  },
  'downloads.end-range': ({ bytesSent }) => {
    ended = bytesSent;
    return {};
  },
};

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'account-backups-departures-'));
  const store = openObjectStore(pathToFileURL(folder).href);
  await store.initialise();
  await store.put(KEY, Buffer.alloc(LARGE, 'archive '));
  const straight = `http://localhost:${await freePort()}`;
  issuer = await startForeignIssuer({ audience: AUDIENCE, algorithms: ['ES256'], client: { client_id: 'gateway' } });
  token = await issuer.token({ sub: 'ada', account_id: 'northfield', scope: 'backups' }, 'ES256');
  const environment = {
    OIDC_ISSUER: issuer.url,
    OIDC_AUDIENCE: AUDIENCE,
    OIDC_CLIENT_ID: 'gateway',
    OIDC_CLIENT_AUTH: 'none',
    OBJECT_STORE_URL: pathToFileURL(folder).href,
  };
  endGateway = await startToldGateway(straight, environment, answers);
  const nginx = await startNginx(straight);
  const haproxy = await startHaproxy(straight);
  proxies = [nginx, haproxy];
  addresses = { straight, 'behind nginx': nginx.url, 'behind HAProxy': haproxy.url };
});

afterAll(async () => {
  await Promise.all(proxies.map((proxy) => proxy.stop()));
  await endGateway?.();
  await issuer?.close();
  await rm(folder, { recursive: true, force: true });
});

beforeEach(() => {
  noted = [];
  ended = undefined;
});

type Place = keyof typeof addresses;

const pathOf = (sizeBytes: number) => `/api/v1/backups/${backupOf(sizeBytes)}/downloads/${randomUUID()}/archive`;

/** Begins to take an archive, and resolves with the answer. */
async function taking(place: Place, sizeBytes: number): Promise<IncomingMessage> {
  const request = get(`${addresses[place]}${pathOf(sizeBytes)}`, { headers: { authorization: `Bearer ${token}` } });
  const [answer] = (await once(request, 'response')) as [IncomingMessage];
  expect(answer.statusCode).toBe(200);
  return answer;
}

/** The same over a connection that serves for this alone, as nginx asks for it. */
async function takingOverHttp10(sizeBytes: number): Promise<Socket> {
  const socket = connect(Number(new URL(addresses.straight).port), 'localhost');
  socket.write(`GET ${pathOf(sizeBytes)} HTTP/1.0\r\nAuthorization: Bearer ${token}\r\n\r\n`);
  await once(socket, 'readable');
  return socket;
}

const recorded = () =>
  eventually(() => {
    if (ended === undefined) throw new Error('no end of the range is recorded');
    return ended;
  });

/** Whatever holds bytes back has as many as it takes, or the end is recorded already. */
const atRest = () =>
  eventually(() => {
    const [last, before] = noted.toReversed();
    if (ended === undefined && (last === undefined || last !== before)) throw new Error('bytes are still on their way');
  });

describe('a person who leaves half-way', () => {
  it.each(['straight', 'behind nginx', 'behind HAProxy'] as const)('has not taken all: %s', async (place) => {
    const answer = await taking(place, LARGE);
    await once(answer, 'readable');
    await atRest();
    answer.destroy();
    expect(await recorded()).toBeLessThan(LARGE);
  });

  it('has not taken all, though the system had taken all, over HTTP/1.0', async () => {
    const socket = await takingOverHttp10(SMALL);
    await atRest();
    socket.destroy();
    expect(await recorded()).toBeLessThan(SMALL);
  });
});

describe('a person who stays to the end', () => {
  it.each([
    ['straight', SMALL],
    ['straight', LARGE],
    ['behind nginx', SMALL],
    ['behind nginx', LARGE],
    ['behind HAProxy', SMALL],
    ['behind HAProxy', LARGE],
  ] as const)('has taken all: %s, %d bytes', async (place, sizeBytes) => {
    let taken = 0;
    for await (const chunk of await taking(place, sizeBytes)) taken += (chunk as Buffer).length;
    expect(taken).toBe(sizeBytes);
    expect(await recorded()).toBe(sizeBytes);
  });
});
