// The command rotates the keys of a gateway of two processes, while people work with both.
import { execFile } from 'node:child_process';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { RingFolder, ringNames } from '@account-backups/service-kit/keys';
import { CookieJar } from '../../support/cookie-jar.js';
import { openEntrance, type Entrance } from './harness.js';

const run = promisify(execFile);
const command = join(process.cwd(), 'tools/account-backups/bin/account-backups.mjs');
const SESSION = 'account_backups_session';

let entrance: Entrance;
let second: Awaited<ReturnType<Entrance['replica']>>;
let folder: string;

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'key-rotation-'));
  const rings = new RingFolder(folder);
  for (const ring of ringNames) await rings.create(ring, new Date());
  const file = (name: string) => join(folder, 'gateway', name);
  entrance = await openEntrance({
    SESSION_KEYS_FILE: file('SESSION_KEYS'),
    SEAL_KEYS_FILE: file('SEAL_KEYS'),
    RECEIPT_KEYS_FILE: file('RECEIPT_KEYS'),
  });
  second = await entrance.replica();
}, 60_000);

afterAll(async () => {
  await entrance?.close();
  await rm(folder, { recursive: true, force: true });
}, 30_000);

interface Key {
  readonly ring: string;
  readonly keyId: string;
  readonly status: string;
}

async function keys(...args: readonly string[]): Promise<unknown> {
  const env = { ...process.env, KEYS_DIR: folder, RABBITMQ_URL: entrance.neighbours.url };
  const { stdout } = await run(process.execPath, [command, 'keys', ...args, '--json'], { env });
  return JSON.parse(stdout);
}

async function keyIdOf(ring: string, status: string): Promise<string> {
  const found = ((await keys('list')) as Key[]).find((key) => key.ring === ring && key.status === status);
  return found?.keyId ?? `no ${status} key`;
}

const me = (url: string, cookie: string) => fetch(`${url}/api/v1/me`, { headers: { cookie } });
const headerOf = (cookie: string): unknown =>
  JSON.parse(Buffer.from(cookie.split('=')[1]?.split('.')[0] ?? '', 'base64url').toString());

async function signedIn(): Promise<string> {
  const jar = new CookieJar();
  await entrance.signIn(jar, 'ada@northfield');
  const cookies = jar.header().split('; ');
  return cookies.find((cookie) => cookie.startsWith(`${SESSION}=`)) ?? 'no cookie';
}

/** Calls both processes without a pause until `work` is over; gives all statuses. */
async function during(work: Promise<unknown>, cookie: () => Promise<string>): Promise<ReadonlySet<number>> {
  const statuses = new Set<number>();
  let isOver = false;
  const call = async () => {
    while (!isOver) for (const url of [entrance.url, second.url]) statuses.add((await me(url, await cookie())).status);
  };
  const calling = Promise.all([call(), call(), call()]);
  try {
    await work;
  } finally {
    isOver = true;
    await calling;
  }
  return statuses;
}

describe('a session key', () => {
  it('is active in every process when the command returns, and no call fails meanwhile', async () => {
    const cookie = await signedIn();
    const former = await keyIdOf('session', 'active');
    const added = keys('add', 'session');
    expect(await during(added, () => Promise.resolve(cookie))).toEqual(new Set([200]));
    const { keyId } = (await added) as Key;
    expect(keyId).not.toBe(former);
    expect(headerOf(await signedIn())).toMatchObject({ kid: keyId });
    for (const url of [entrance.url, second.url]) {
      const renewed = (await me(url, cookie)).headers.getSetCookie().map((line) => line.split(';')[0] ?? '');
      expect(renewed.map(headerOf)).toEqual([expect.objectContaining({ kid: keyId })]);
    }
  });

  it('that is retired makes its cookies nobody, and what was renewed goes on', async () => {
    const cookie = await signedIn();
    await keys('add', 'session');
    const [renewed = ''] = (await me(entrance.url, cookie)).headers.getSetCookie();
    await keys('retire', 'session', await keyIdOf('session', 'accepted'));
    await keys('retire', 'session', await keyIdOf('session', 'accepted'));
    for (const url of [entrance.url, second.url]) {
      expect((await me(url, cookie)).status).toBe(401);
      expect((await me(url, renewed.split(';')[0] ?? '')).status).toBe(200);
    }
  });

  it('is not retired while it is active', async () => {
    const active = await keyIdOf('session', 'active');
    await expect(keys('retire', 'session', active)).rejects.toMatchObject({
      stderr: expect.stringContaining('KEY_IN_USE'),
    });
  });

  it('is not added while a process does not follow the files, which is named', async () => {
    const apart = await mkdtemp(join(tmpdir(), 'key-rotation-'));
    await new RingFolder(apart).create('session', new Date());
    const deaf = await entrance.replica({ SESSION_KEYS_FILE: join(apart, 'gateway/SESSION_KEYS') });
    const before = await keyIdOf('session', 'active');
    await expect(keys('add', 'session', '--wait', '1s')).rejects.toMatchObject({
      stderr: expect.stringMatching(/KEYS_NOT_AGREED: not every process of gateway.*holds/),
    });
    await deaf.stop();
    await rm(apart, { recursive: true });
    expect(await keyIdOf('session', 'active')).toBe(before);
  });
});

describe('a receipt key', () => {
  const listed = async (url: string) =>
    ((await (await fetch(`${url}/api/v1/receipt-keys`)).json()) as { items: readonly Key[] }).items;

  it('is published by every process, also when it is retired', async () => {
    const [former] = await listed(entrance.url);
    const { keyId } = (await keys('add', 'receipt')) as Key;
    await keys('retire', 'receipt', former?.keyId ?? '');
    for (const url of [entrance.url, second.url]) {
      expect(await listed(url)).toEqual([
        expect.objectContaining({ keyId, status: 'active', algorithm: 'Ed25519' }),
        { ...former, status: 'retired' },
      ]);
      expect(await (await fetch(`${url}/api/v1/receipt-key`)).json()).toMatchObject({ keyId });
    }
  });

  it('comes with nothing else, least of all with its private half', async () => {
    const answer = await fetch(`${entrance.url}/api/v1/receipt-keys`);
    expect(answer.headers.get('cache-control')).toContain('no-store');
    const { items } = (await answer.json()) as { items: readonly object[] };
    expect(new Set(items.flatMap(Object.keys))).toEqual(new Set(['algorithm', 'keyId', 'publicKey', 'status']));
    expect(JSON.stringify(items)).not.toContain('PRIVATE');
  });
});
