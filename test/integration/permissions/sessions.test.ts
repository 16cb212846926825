// The record of a session: how long it holds, who ends it, what stays ended.
import { randomUUID } from 'node:crypto';
import type { Payload } from '@account-backups/contracts';
import { directory, openPermissions, type Permissions } from './harness.js';

const HOUR_MS = 3_600_000;
const users = ['ada', 'leo'].map((userId) => ({ userId, name: userId }));
const ada = { accountId: 'northfield', userId: 'ada' };

let permissions: Permissions;
beforeEach(async () => {
  permissions = await openPermissions();
  await listUsers();
  permissions.bus.sent.length = 0;
});
afterEach(() => permissions?.close());

const listUsers = (change: object = {}) =>
  permissions.sync('northfield', directory({ users: users.map((user) => ({ ...user, ...change })) }));

async function begin(change: Partial<Payload<'sessions.begin'>> = {}): Promise<string> {
  const sessionId = randomUUID();
  await permissions.sessions.begin({
    ...ada,
    sessionId,
    idleSeconds: 1_800,
    maxSeconds: 28_800,
    ipAddress: '203.0.113.7',
    userAgent: 'Firefox',
    issuer: 'https://issuer.example',
    issuerSubject: 'ada',
    issuerSession: null,
    ...change,
  });
  return sessionId;
}

async function holds(sessionId: string, isUsed = false): Promise<boolean | undefined> {
  return (await permissions.sessions.check({ sessions: [{ sessionId, isUsed }], tokens: [] })).sessions[0];
}

const listed = async (who = ada) => {
  const { items } = await permissions.sessions.list({ ...who, limit: 200, cursor: null });
  return items.map(({ sessionId }) => sessionId);
};

describe('a session', () => {
  it('is for an active user alone', async () => {
    await expect(begin({ userId: 'nobody' })).rejects.toMatchObject({ code: 'USER_UNKNOWN' });
    await listUsers({ active: false });
    await expect(begin()).rejects.toMatchObject({ code: 'USER_UNKNOWN' });
  });

  it('is one, however often the message of its beginning comes', async () => {
    const sessionId = await begin();
    await begin({ sessionId });
    expect(await listed()).toEqual([sessionId]);
  });

  it('ends when nobody used it for its idle time', async () => {
    const [used, unused] = [await begin(), await begin()];
    permissions.clock.pass(HOUR_MS / 2 - 1);
    expect([await holds(used, true), await holds(unused)]).toEqual([true, true]);
    permissions.clock.pass(HOUR_MS / 2 - 1);
    expect([await holds(used), await holds(unused, true)]).toEqual([true, false]);
    permissions.clock.pass(2);
    expect(await holds(used, true)).toBe(false);
  });

  it('ends at its latest end, however much it is used', async () => {
    const sessionId = await begin({ maxSeconds: 3_600 });
    for (let at = 0; at < 3; at += 1) {
      permissions.clock.pass(HOUR_MS / 3 - 1);
      expect(await holds(sessionId, true)).toBe(true);
    }
    permissions.clock.pass(3);
    expect(await holds(sessionId, true)).toBe(false);
  });

  it('is written at most every ten seconds, and then says when it was seen', async () => {
    const sessionId = await begin();
    const begun = permissions.clock.at.toISOString();
    const seen = async () => (await permissions.sessions.list({ ...ada, limit: 1, cursor: null })).items[0]?.lastSeenAt;
    permissions.clock.pass(10_000);
    await holds(sessionId, true);
    expect(await seen()).toBe(begun);
    permissions.clock.pass(1);
    await holds(sessionId, true);
    expect(await seen()).toBe(permissions.clock.at.toISOString());
  });

  it('is forgotten a week after it was over, when another one begins', async () => {
    await begin();
    const count = async () => (await permissions.database.query('SELECT FROM permissions.sessions')).length;
    permissions.clock.pass(7 * 24 * HOUR_MS);
    await begin();
    expect(await count()).toBe(2);
    permissions.clock.pass(HOUR_MS);
    await begin();
    expect(await count()).toBe(2);
  });

  it('that nobody began does not hold; answers come in the order of the questions', async () => {
    const sessionId = await begin();
    const sessions = [randomUUID(), sessionId, randomUUID()].map((one) => ({ sessionId: one, isUsed: true }));
    const answer = await permissions.sessions.check({ sessions, tokens: [] });
    expect(answer).toEqual({ sessions: [false, true, false], tokens: [] });
  });
});

describe('ending sessions', () => {
  it('ends one and tells of it, once', async () => {
    const [ended, other] = [await begin(), await begin()];
    await permissions.sessions.end({ ...ada, sessionId: ended });
    await permissions.sessions.end({ ...ada, sessionId: ended });
    expect([await holds(ended, true), await holds(other)]).toEqual([false, true]);
    expect(permissions.bus.payloadsOf('session.ended')).toEqual([ada]);
  });

  it('knows no session of somebody else', async () => {
    const sessionId = await begin();
    const end = (who: object) => permissions.sessions.end({ ...ada, sessionId, ...who });
    await expect(end({ userId: 'leo' })).rejects.toMatchObject({ code: 'NOT_FOUND' });
    await expect(end({ accountId: 'harbour' })).rejects.toMatchObject({ code: 'NOT_FOUND' });
    await expect(end({ sessionId: randomUUID() })).rejects.toMatchObject({ code: 'NOT_FOUND' });
    expect(await holds(sessionId)).toBe(true);
  });

  it('ends all of a person but the one that is kept', async () => {
    const [kept, first, second, foreign] = [
      await begin(),
      await begin(),
      await begin(),
      await begin({ userId: 'leo' }),
    ];
    await permissions.sessions.endOthers({ ...ada, keptSessionId: kept });
    expect(await Promise.all([kept, first, second, foreign].map((one) => holds(one)))).toEqual([
      true,
      false,
      false,
      true,
    ]);
    await permissions.sessions.endOthers({ ...ada, keptSessionId: null });
    expect(await listed()).toEqual([]);
  });
});

describe('an issuer that signs somebody out', () => {
  const issuer = 'https://issuer.example';
  const logout = (change: Partial<Payload<'sessions.end-by-issuer'>> = {}) =>
    permissions.sessions.endByIssuer({
      issuer,
      issuerSubject: null,
      issuerSession: null,
      tokenId: randomUUID(),
      requestId: randomUUID(),
      ...change,
    });
  const holding = (ids: readonly string[]) => Promise.all(ids.map((id) => holds(id)));

  it('by its session ends that one, by a person all of theirs, at that issuer', async () => {
    const first = await begin({ issuerSession: 'one' });
    const second = await begin({ issuerSession: 'two' });
    const elsewhere = await begin({ issuer: 'https://other.example', issuerSession: 'one' });
    const another = await begin({ userId: 'leo', issuerSubject: 'leo' });
    expect(await logout({ issuerSession: 'one' })).toEqual({ isNew: true });
    expect(await holding([first, second, elsewhere, another])).toEqual([false, true, true, true]);
    expect(permissions.bus.payloadsOf('session.ended')).toEqual([ada]);
    await logout({ issuerSubject: 'ada' });
    expect(await holding([second, elsewhere, another])).toEqual([false, true, true]);
  });

  it('by both ends that session of the person, and those of which it named none', async () => {
    const named = await begin({ issuerSession: 'one' });
    const unnamed = await begin();
    const other = await begin({ issuerSession: 'two' });
    const foreign = await begin({ issuerSession: 'one', issuerSubject: 'leo' });
    await logout({ issuerSubject: 'ada', issuerSession: 'one' });
    expect(await holding([named, unnamed, other, foreign])).toEqual([false, false, true, true]);
  });

  it('does so once with each token, unless the same message comes twice', async () => {
    const [tokenId, requestId] = [randomUUID(), randomUUID()];
    expect(await logout({ issuerSubject: 'ada', tokenId, requestId })).toEqual({ isNew: true });
    expect(await logout({ issuerSubject: 'ada', tokenId, requestId })).toEqual({ isNew: true });
    const sessionId = await begin();
    expect(await logout({ issuerSubject: 'ada', tokenId })).toEqual({ isNew: false });
    expect(await holds(sessionId)).toBe(true);
    permissions.clock.pass(HOUR_MS);
    await logout();
    expect((await permissions.database.query('SELECT FROM permissions.logout_tokens')).length).toBe(1);
  });
});

describe('the list of sessions', () => {
  it('has those of the person that hold, newest first, in pages', async () => {
    const ids: string[] = [];
    for (let at = 0; at < 5; at += 1) {
      permissions.clock.pass(at % 2);
      ids.push(await begin());
    }
    await begin({ userId: 'leo' });
    await permissions.sessions.end({ ...ada, sessionId: ids.pop() ?? '' });
    const pages: string[][] = [];
    for (let cursor: string | null = null; pages.length === 0 || cursor !== null;) {
      const page = await permissions.sessions.list({ ...ada, limit: 3, cursor });
      pages.push(page.items.map(({ sessionId }) => sessionId));
      cursor = page.nextCursor;
    }
    expect(pages.map(({ length }) => length)).toEqual([3, 1]);
    expect(new Set(pages.flat())).toEqual(new Set(ids));
    expect(pages.flat().at(-1)).toBe(ids[0]);
  });

  it('refuses a cursor of something else', async () => {
    const page = permissions.sessions.list({ ...ada, limit: 3, cursor: 'bm90aGluZw' });
    await expect(page).rejects.toMatchObject({ code: 'VALIDATION_FAILED' });
  });
});

describe('somebody who is active no longer', () => {
  it.each([
    ['made inactive', { active: false }],
    ['left out', null],
  ])('when %s loses every session, tells of it, and has none of them when active again', async (_how, change) => {
    const sessionId = await begin();
    if (change) await listUsers(change);
    else await permissions.sync('northfield', directory({ users: users.slice(1) }));
    expect(await holds(sessionId, true)).toBe(false);
    expect(permissions.bus.payloadsOf('session.ended')).toEqual([{ ...ada, userId: change ? null : 'ada' }]);
    await listUsers();
    expect([await holds(sessionId, true), await listed()]).toEqual([false, []]);
    permissions.clock.set(Date.now() + 1);
    expect(await holds(await begin())).toBe(true);
  });

  it('loses a session that was written by an earlier version of the record too', async () => {
    const sessionId = await begin();
    await listUsers({ active: false });
    await listUsers();
    await permissions.database.query('UPDATE permissions.sessions SET ended_because = NULL, over_at = ends_at');
    expect(await holds(sessionId, true)).toBe(false);
  });

  it('has no use of a token from before, and is told from when on they count', async () => {
    const token = (issuedAt: number) => ({ ...ada, issuedAt: new Date(issuedAt).toISOString() });
    const check = async (...tokens: Payload<'sessions.check'>['tokens']) =>
      (await permissions.sessions.check({ sessions: [], tokens })).tokens;
    const before = Math.floor(Date.now() / 1_000) * 1_000 - 1_000;
    const stranger = { ...token(0), userId: 'stranger' };
    expect(await check(token(before), stranger)).toEqual([true, true]);
    await listUsers({ active: false });
    expect(await check(stranger, token(Date.now() + HOUR_MS))).toEqual([true, false]);
    await listUsers();
    expect(await check(token(before), token(Date.now()))).toEqual([false, true]);
    const user = await permissions.access.findUser({ accountId: 'northfield', subject: 'ada' });
    expect(Date.parse(user.notBefore ?? '')).toBeGreaterThan(before);
  });

  it('does not slip in while a directory is being written', async () => {
    const runner = permissions.database.createQueryRunner();
    await runner.startTransaction();
    await runner.query(`UPDATE permissions.accounts SET name = 'half' WHERE account_id = 'northfield'`);
    await runner.query(`UPDATE permissions.users SET active = false WHERE account_id = 'northfield'`);
    const beginning = begin();
    beginning.catch(() => undefined);
    await runner.query('SELECT pg_sleep(0.1)');
    await runner.commitTransaction();
    await runner.release();
    await expect(beginning).rejects.toMatchObject({ code: 'USER_UNKNOWN' });
  });
});
