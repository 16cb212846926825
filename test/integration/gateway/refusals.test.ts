// What the audit is told of calls and sign-ins that the gateway refuses: before the answer, and once a minute.
import type { TrailRecord } from '@account-backups/contracts';
import { CookieJar } from '../../support/cookie-jar.js';
import { openEntrance, type Entrance } from './harness.js';

let entrance: Entrance;
beforeEach(async () => {
  entrance = await openEntrance();
});
afterEach(() => entrance?.close());

const told = (): readonly TrailRecord[] => entrance.neighbours.told;

it('tells of a token that is not taken, of many as one', async () => {
  const headers = { authorization: 'Bearer x.y.z', 'user-agent': 'prober' };
  for (let left = 5; left > 0; left -= 1) {
    expect((await fetch(`${entrance.url}/api/v1/me`, { headers })).status).toBe(401);
    expect(told()).toHaveLength(1);
  }
  expect(told()[0]).toMatchObject({
    chainId: '~system',
    action: 'access.refused',
    actor: { kind: 'nobody', id: null },
    outcome: 'refused',
    userAgent: 'prober',
    details: { code: 'UNAUTHENTICATED', route: 'GET /api/v1/me' },
  });
});

it('tells nothing of a visitor who is not signed in', async () => {
  expect((await fetch(`${entrance.url}/api/v1/me`)).status).toBe(401);
  expect(told()).toEqual([]);
});

it('tells of a sign-in that did not succeed', async () => {
  await fetch(`${entrance.url}/auth/callback?code=x&state=y`, { redirect: 'manual', headers: { accept: 'text/html' } });
  expect(told()).toMatchObject([
    { chainId: '~system', action: 'session.refused', actor: { kind: 'nobody' }, details: { code: 'UNAUTHENTICATED' } },
  ]);
});

it("tells a person's account of a call that another site made with their cookie", async () => {
  const jar = new CookieJar();
  await entrance.signIn(jar, 'ada@northfield');
  const headers = { cookie: jar.header(), origin: 'https://elsewhere.example' };
  expect((await fetch(`${entrance.url}/api/v1/sessions`, { method: 'DELETE', headers })).status).toBe(403);
  expect(told()).toMatchObject([
    {
      chainId: 'northfield',
      action: 'access.refused',
      actor: { kind: 'person', id: 'ada' },
      details: { code: 'ORIGIN_NOT_ALLOWED' },
    },
  ]);
});

it('tells of a logout token that the issuer did not make', async () => {
  const body = new URLSearchParams({ logout_token: 'x.y.z' });
  expect((await fetch(`${entrance.url}/auth/back-channel-logout`, { method: 'POST', body })).status).toBe(400);
  expect(told()).toMatchObject([{ chainId: '~system', details: { route: 'POST /auth/back-channel-logout' } }]);
});
