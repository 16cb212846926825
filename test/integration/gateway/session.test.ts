// Sessions at the gateway: how they begin, what they allow, how they end.
import { Bus } from '@account-backups/messaging';
import { eventually } from '../../support/eventually.js';
import { CookieJar } from '../../support/cookie-jar.js';
import { openEntrance, refusal, type Entrance } from './harness.js';

const SESSION = 'account_backups_session';
const SIGN_IN = 'account_backups_sign_in';
const UNAUTHENTICATED = { status: 401, code: 'UNAUTHENTICATED' };
const ORIGIN_NOT_ALLOWED = { status: 403, code: 'ORIGIN_NOT_ALLOWED' };

let entrance: Entrance;
beforeAll(async () => {
  entrance = await openEntrance();
});
afterAll(() => entrance?.close());

async function signedIn(): Promise<CookieJar> {
  const jar = new CookieJar();
  await entrance.signIn(jar, 'ada@northfield');
  return jar;
}

/** The cookies that a response sets, as a browser sends them back. */
function cookiesOf(answer: Response): string {
  const lines = answer.headers.getSetCookie();
  return lines.map((line) => line.split(';')[0]).join('; ');
}

interface Begun {
  /** Set by the gateway for the browser that began. */
  readonly cookie: string;
  /** The address at the issuer. */
  readonly issuerAddress: URL;
}

async function begin(): Promise<Begun> {
  const answer = await fetch(`${entrance.url}/sign-in`, { redirect: 'manual' });
  return { cookie: cookiesOf(answer), issuerAddress: new URL(answer.headers.get('location') ?? '') };
}

/** The gateway's callback address with an unused code, reached by a browser without the cookie. */
async function comeBack({ issuerAddress }: Begun): Promise<string> {
  const jar = new CookieJar();
  const form = await jar.follow(issuerAddress.href);
  const body = new URLSearchParams({ name: 'ada@northfield', password: entrance.issuer.password });
  return (await jar.follow(form.url, { method: 'POST', body })).url;
}

const arrive = (address: string, cookie: string) => fetch(address, { headers: { cookie }, redirect: 'manual' });

describe('signing in', () => {
  it('leads back to where it began', async () => {
    const shown = await entrance.signIn(new CookieJar(), 'ada@northfield', '/docs');
    expect([shown.status, shown.url]).toEqual([200, `${entrance.url}/docs`]);
  });

  it.each(['https://evil.example/', '//evil.example', '/\\evil.example', '/%09/evil.example\n', ''])(
    'never leads to another site: %j',
    async (returnTo) => {
      const shown = await entrance.signIn(new CookieJar(), 'ada@northfield', returnTo);
      expect(new URL(shown.url).origin).toBe(entrance.url);
    },
  );

  it('gives a cookie that no script reads and no other site sends along', async () => {
    const jar = await signedIn();
    expect(jar.attributesOf(SESSION)).toEqual(['Path=/', 'Max-Age=28800', 'HttpOnly', 'SameSite=Lax']);
    expect(jar.attributesOf(SIGN_IN)).toEqual([]);
  });

  it('cannot be ended by somebody who did not begin it', async () => {
    const address = await comeBack(await begin());
    expect(await refusal(await arrive(address, ''))).toEqual(UNAUTHENTICATED);
  });

  it('is refused when the state is that of another one', async () => {
    const [mine, theirs] = await Promise.all([begin(), begin()]);
    const answer = await arrive(await comeBack(theirs), mine.cookie);
    expect(cookiesOf(answer)).toBe('');
    expect(await refusal(answer)).toEqual(UNAUTHENTICATED);
  });

  it('is refused when the ID token was made for another one', async () => {
    const begun = await begin();
    begun.issuerAddress.searchParams.set('nonce', 'another');
    const answer = await arrive(await comeBack(begun), begun.cookie);
    expect(cookiesOf(answer)).toBe('');
    expect(await refusal(answer)).toEqual(UNAUTHENTICATED);
  });

  it('is refused when the issuer says that it failed', async () => {
    const { cookie, issuerAddress } = await begin();
    const state = issuerAddress.searchParams.get('state') ?? '';
    const query = new URLSearchParams({ error: 'access_denied', state, iss: entrance.issuer.url }).toString();
    expect(await refusal(await arrive(`${entrance.url}/auth/callback?${query}`, cookie))).toEqual(UNAUTHENTICATED);
  });

  it('cannot be replayed with everything that it was done with', async () => {
    const begun = await begin();
    const address = await comeBack(begun);
    const [first, second] = [await arrive(address, begun.cookie), await arrive(address, begun.cookie)];
    expect(cookiesOf(first)).toContain(`${SESSION}=`);
    expect(cookiesOf(second)).toBe('');
    expect(await refusal(second)).toEqual(UNAUTHENTICATED);
  });

  it('that does not succeed leads a person back to the page', async () => {
    const headers = { accept: 'text/html,application/xhtml+xml' };
    const answer = await fetch(`${entrance.url}/auth/callback?code=x&state=y`, { headers, redirect: 'manual' });
    expect([answer.status, answer.headers.get('location')]).toEqual([303, '/']);
    expect(cookiesOf(answer)).toBe('');
  });
});

describe('a session', () => {
  const me = (cookie: string) => fetch(`${entrance.url}/api/v1/me`, { headers: { cookie } });

  it('that was changed counts as none', async () => {
    const begun = await begin();
    const cookie = cookiesOf(await arrive(await comeBack(begun), begun.cookie));
    const changed = cookie.replace(
      /(.)(.{20})$/,
      (_all, one: string, rest: string) => (one === 'A' ? 'B' : 'A') + rest,
    );
    expect((await me(cookie)).status).toBe(200);
    expect(await refusal(await me(changed))).toEqual(UNAUTHENTICATED);
  });

  it('is not what the cookie of a sign-in under way can be used for', async () => {
    const { cookie } = await begin();
    expect(await refusal(await me(cookie.replace(SIGN_IN, SESSION)))).toEqual(UNAUTHENTICATED);
  });

  it('is worth nothing once its person is inactive', async () => {
    entrance.neighbours.active.set('leo@harbour', { name: 'Leo' });
    const jar = new CookieJar();
    expect((await entrance.signIn(jar, 'leo@harbour')).status).toBe(200);
    entrance.neighbours.active.delete('leo@harbour');
    expect(await refusal(await jar.follow(`${entrance.url}/api/v1/me`))).toEqual(UNAUTHENTICATED);
    expect(await (await jar.follow(`${entrance.url}/`)).text()).toContain('"signedIn":false');
  });

  it('does not help a bad token that is sent with it', async () => {
    const jar = await signedIn();
    const answer = await jar.follow(`${entrance.url}/api/v1/me`, { headers: { authorization: 'Bearer a.b.c' } });
    expect(await refusal(answer)).toEqual(UNAUTHENTICATED);
  });

  it('does not open the provisioning calls', async () => {
    const jar = await signedIn();
    const answer = await jar.follow(`${entrance.url}/api/v1/provisioning/accounts/northfield/directory`, {
      method: 'PUT',
      body: '{}',
      headers: { 'content-type': 'application/json', origin: entrance.url },
    });
    expect(await refusal(answer)).toEqual({ status: 403, code: 'SCOPE_MISSING' });
  });
});

describe('the record of a session', () => {
  const cookieOf = async () => {
    const begun = await begin();
    return cookiesOf(await arrive(await comeBack(begun), begun.cookie));
  };
  const statusOf = async (cookie: string) => (await fetch(`${entrance.url}/api/v1/me`, { headers: { cookie } })).status;

  it('says whose it is, from where, at which issuer and for how long', async () => {
    const { sessions } = entrance.neighbours;
    sessions.holding.clear();
    await fetch(`${entrance.url}/api/v1/me`, { headers: { cookie: await cookieOf() } });
    expect([...sessions.holding.values()]).toEqual([
      expect.objectContaining({
        accountId: 'northfield',
        userId: 'ada',
        idleSeconds: 1_800,
        maxSeconds: 28_800,
        ipAddress: '127.0.0.1',
        userAgent: 'node',
        issuer: entrance.issuer.url,
        issuerSubject: 'ada',
      }),
    ]);
  });

  it('that ended is refused within two seconds, though nothing was told of it', async () => {
    const cookie = await cookieOf();
    expect(await statusOf(cookie)).toBe(200);
    entrance.neighbours.sessions.holding.clear();
    await eventually(async () => expect(await statusOf(cookie)).toBe(401), { deadlineMs: 3_000 });
  });

  it('that ended is refused at once where it is told of it', async () => {
    const cookie = await cookieOf();
    const bus = new Bus({ url: entrance.neighbours.url, name: 'tests' });
    await bus.connect();
    await statusOf(cookie);
    entrance.neighbours.sessions.holding.clear();
    await bus.signal('session.ended', { accountId: 'northfield', userId: 'ada' });
    await eventually(async () => expect(await statusOf(cookie)).toBe(401), { deadlineMs: 500, everyMs: 10 });
    await bus.close();
  });

  it('is not asked for each call, and hears of the last use', async () => {
    const cookie = await cookieOf();
    const { sessions } = entrance.neighbours;
    sessions.checks.length = 0;
    for (let call = 0; call < 20; call += 1) expect(await statusOf(cookie)).toBe(200);
    const [{ sessionId } = { sessionId: '' }] = [...sessions.holding.values()].slice(-1);
    const asked = () => sessions.checks.filter((check) => check.sessions.some((one) => one.sessionId === sessionId));
    expect(asked().length).toBeLessThan(10);
    const before = asked().length;
    await eventually(() => expect(asked().length).toBeGreaterThan(before), { deadlineMs: 3_000 });
    expect(asked().at(-1)?.sessions[0]?.isUsed).toBe(true);
  });

  it('ends when another session begins in the same browser', async () => {
    const jar = await signedIn();
    const [before] = [...entrance.neighbours.sessions.holding.keys()].slice(-1);
    await entrance.signIn(jar, 'ada@northfield');
    expect(entrance.neighbours.sessions.holding.has(before ?? '')).toBe(false);
    expect((await jar.follow(`${entrance.url}/api/v1/me`)).status).toBe(200);
  });
});

describe('a change with a session cookie', () => {
  const estimate = (jar: CookieJar, headers: Record<string, string>) =>
    jar.follow(`${entrance.url}/api/v1/backups/estimate`, {
      method: 'POST',
      body: '{}',
      headers: { 'content-type': 'application/json', ...headers },
    });

  it.each([
    ['says another origin', { origin: 'https://evil.example' }],
    ['says a longer origin', { origin: 'http://localhost:8080.evil.example' }],
    ['says no origin', {}],
    ['says that it has none', { origin: 'null' }],
    ['comes from another site', { 'sec-fetch-site': 'cross-site' }],
    ['comes from a neighbouring site', { 'sec-fetch-site': 'same-site' }],
  ])('is refused when it %s', async (_what, headers: Record<string, string>) => {
    expect(await refusal(await estimate(await signedIn(), headers))).toEqual(ORIGIN_NOT_ALLOWED);
  });

  it('is refused from another site even when it names our origin', async () => {
    const headers = { origin: entrance.url, 'sec-fetch-site': 'cross-site' };
    expect(await refusal(await estimate(await signedIn(), headers))).toEqual(ORIGIN_NOT_ALLOWED);
  });

  it.each(['origin', 'sec-fetch-site'])('is taken from our own page, told by %s', async (name) => {
    const headers = { [name]: name === 'origin' ? entrance.url : 'same-origin' };
    expect((await estimate(await signedIn(), headers)).status).toBe(200);
  });
});

describe('signing out', () => {
  it('ends the session, and the next sign-in asks', async () => {
    const jar = await signedIn();
    const shown = await jar.follow(`${entrance.url}/sign-out`, { method: 'POST', headers: { origin: entrance.url } });
    expect(shown.url).toBe(`${entrance.url}/`);
    expect(jar.attributesOf(SESSION)).toEqual([]);
    const form = await jar.follow(`${entrance.url}/sign-in`);
    expect(form.url.startsWith(entrance.issuer.url)).toBe(true);
    expect(await form.text()).toContain('type="password"');
  });

  it('leaves nothing that a copy of the cookie opens', async () => {
    const begun = await begin();
    const cookie = cookiesOf(await arrive(await comeBack(begun), begun.cookie));
    const call = (path: string, method: string) =>
      fetch(`${entrance.url}${path}`, { method, headers: { cookie, origin: entrance.url }, redirect: 'manual' });
    expect((await call('/api/v1/me', 'GET')).status).toBe(200);
    expect((await call('/sign-out', 'POST')).status).toBe(303);
    expect(await refusal(await call('/api/v1/me', 'GET'))).toEqual(UNAUTHENTICATED);
  });

  it('is refused while permissions is away, and the session stays to try again', async () => {
    const begun = await begin();
    const cookie = cookiesOf(await arrive(await comeBack(begun), begun.cookie));
    const headers = { cookie, origin: entrance.url };
    entrance.neighbours.sessions.isAway = true;
    const answer = await fetch(`${entrance.url}/sign-out`, { method: 'POST', headers, redirect: 'manual' });
    entrance.neighbours.sessions.isAway = false;
    expect([cookiesOf(answer), await refusal(answer)]).toEqual(['', { status: 503, code: 'UNAVAILABLE' }]);
    expect((await fetch(`${entrance.url}/api/v1/me`, { headers })).status).toBe(200);
  });

  it('is not for the page of another site', async () => {
    const jar = await signedIn();
    const foreign = { method: 'POST', headers: { origin: 'https://evil.example' } };
    expect(await refusal(await jar.follow(`${entrance.url}/sign-out`, foreign))).toEqual(ORIGIN_NOT_ALLOWED);
    expect((await jar.follow(`${entrance.url}/api/v1/me`)).status).toBe(200);
  });
});
