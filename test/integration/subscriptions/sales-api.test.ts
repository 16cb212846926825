import { openSalesApi, type HistoryEntry, type SalesApi } from './harness.js';

let api: SalesApi;

beforeAll(async () => {
  api = await openSalesApi();
});

afterAll(() => api.close());

const pathOf = (accountId: string, action = '') => `/v1/accounts/${accountId}/subscription${action}`;
const spring = { startsOn: '2026-03-01', endsOn: '2026-05-31', reference: 'Q-1', note: 'won' };
const startSpring = (accountId: string) => api.call({ method: 'PUT', path: pathOf(accountId), body: spring });

describe('who may call', () => {
  it('refuses a call without a token', async () => {
    const answer = await api.call({ path: pathOf(api.account()), token: null });
    expect(answer).toMatchObject({ status: 401, json: { code: 'UNAUTHENTICATED' } });
    expect(answer.headers['content-type']).toContain('application/problem+json');
  });

  it('refuses a token that is over', async () => {
    const token = await api.issuer.token({ sub: 'sally', scope: 'subscriptions' }, '-1h');
    expect(await api.call({ path: pathOf(api.account()), token })).toMatchObject({ status: 401 });
  });

  it.each([
    ['a program of the host system', { sub: 'host', scope: 'provisioning' }],
    ['a person', { sub: 'ada', account_id: 'account-0', scope: 'openid backups' }],
    ['a person, whatever scopes the issuer gave', { sub: 'ada', account_id: 'account-0', scope: 'subscriptions' }],
    ['a scope that only sounds alike', { sub: 'eve', scope: 'subscriptions.read my-subscriptions' }],
  ])('refuses %s', async (_, claims) => {
    const token = await api.issuer.token(claims);
    const answer = await api.call({ path: pathOf(api.account()), token });
    expect(answer).toMatchObject({ status: 403, json: { code: 'SCOPE_MISSING' } });
  });

  it('guards every call the same', async () => {
    const id = api.account();
    const answers = await Promise.all([
      api.call({ method: 'PUT', path: pathOf(id), body: spring, token: null }),
      api.call({ method: 'POST', path: pathOf(id, '/extend'), body: {}, token: null }),
      api.call({ method: 'POST', path: pathOf(id, '/end'), body: {}, token: null }),
      api.call({ path: '/v1/subscriptions/expiring', token: null }),
    ]);
    expect(answers.map(({ status }) => status)).toEqual([401, 401, 401, 401]);
  });
});

describe('a term', () => {
  it('is none at first', async () => {
    const accountId = api.account();
    expect(await api.call({ path: pathOf(accountId) })).toMatchObject({
      status: 200,
      json: {
        accountId,
        timeZone: 'Europe/London',
        state: 'none',
        startsOn: null,
        endsAt: null,
        terms: [],
        history: [],
      },
    });
  });

  it('is started, and shown with its instants and its history', async () => {
    const accountId = api.account();
    const term = { ...spring, startsAt: '2026-03-01T00:00:00.000Z', endsAt: '2026-05-31T23:00:00.000Z' };
    const { note, ...shown } = term;
    const entry = { ...spring, at: '2026-04-10T12:00:00.000Z', by: 'sally', action: 'started', note };
    expect(await startSpring(accountId)).toMatchObject({
      status: 200,
      json: { accountId, state: 'valid', ...shown, terms: [shown], history: [entry] },
    });
  });

  it('is granted once when a hundred ask at the same moment', async () => {
    const accountId = api.account();
    const answers = await Promise.all(Array.from({ length: 100 }, () => startSpring(accountId)));
    expect(answers.filter(({ status }) => status === 200)).toHaveLength(1);
    expect(answers.filter(({ json }) => json.code === 'TERM_OVERLAPS')).toHaveLength(99);
    expect((await api.call({ path: pathOf(accountId) })).json.history).toHaveLength(1);
  });

  it('is extended, and the others stand', async () => {
    const accountId = api.account();
    await startSpring(accountId);
    const body = { endsOn: '2026-06-30', note: 'renewed' };
    const answer = await api.call({ method: 'POST', path: pathOf(accountId, '/extend'), body });
    expect(answer).toMatchObject({ status: 200, json: { state: 'valid', endsOn: '2026-06-30' } });
    expect(answer.json.history.at(-1)).toMatchObject({ action: 'extended', by: 'sally', note: 'renewed' });
  });

  it('ends today when a body is missing altogether', async () => {
    const accountId = api.account();
    await startSpring(accountId);
    const answer = await api.call({ method: 'POST', path: pathOf(accountId, '/end') });
    expect(answer).toMatchObject({ status: 200, json: { state: 'valid', endsOn: '2026-04-10' } });
  });

  it('ends at once on a past day', async () => {
    const accountId = api.account();
    await startSpring(accountId);
    const body = { endsOn: '2026-03-31', note: 'never paid' };
    const answer = await api.call({ method: 'POST', path: pathOf(accountId, '/end'), body });
    expect(answer).toMatchObject({ status: 200, json: { state: 'expired', endsOn: '2026-03-31' } });
  });

  it('is withdrawn by a day before its first, and its history stays', async () => {
    const accountId = api.account();
    await startSpring(accountId);
    const body = { endsOn: '2026-02-28', note: 'a mistake' };
    const answer = await api.call({ method: 'POST', path: pathOf(accountId, '/end'), body });
    expect(answer).toMatchObject({ status: 200, json: { state: 'none', terms: [] } });
    expect(answer.json.history.at(-1)).toMatchObject({ action: 'withdrawn', startsOn: spring.startsOn });
  });

  it('depends on where the account is', async () => {
    const accountId = api.account({ timeZone: 'Pacific/Kiritimati' });
    const body = { startsOn: '2026-04-11', endsOn: '2026-04-11' };
    // noon in UTC is already the next day there
    expect(await api.call({ method: 'PUT', path: pathOf(accountId), body })).toMatchObject({
      json: { state: 'valid', startsAt: '2026-04-10T10:00:00.000Z', endsAt: '2026-04-11T10:00:00.000Z' },
    });
  });
});

describe('a history', () => {
  it('tells the terms as they are, in every answer, whatever happens at once', async () => {
    const accountId = api.account();
    await startSpring(accountId);
    const acts = Array.from({ length: 100 }, (_, at) => changeOf(accountId, at));
    const answers: Awaited<ReturnType<SalesApi['call']>>[] = [];
    // Who waits too long for a connection is refused: on a slow machine a hundred cannot all wait at once.
    while (acts.length > 0) answers.push(...(await Promise.all(acts.splice(0, 25).map((act) => api.call(act)))));
    expect(answers.map(({ status }) => status).filter((status) => status >= 500)).toEqual([]);
    const changed = answers.filter(({ status }) => status === 200);
    expect(changed.length).toBeGreaterThan(1);
    expect(changed.map(({ json }) => replayed(json.history))).toEqual(changed.map(({ json }) => daysOf(json.terms)));
  });

  it('is in the order of its times', async () => {
    const accountId = api.account();
    api.clock.stepMs = 1_000;
    const acts = Array.from({ length: 40 }, (_, at) => changeOf(accountId, at));
    await Promise.all([startSpring(accountId), ...acts.map((act) => api.call(act))]);
    api.clock.stepMs = 0;
    const { json } = await api.call({ path: pathOf(accountId) });
    const times = json.history.map(({ at }) => at);
    expect(times.length).toBeGreaterThan(1);
    expect(times).toEqual(times.toSorted());
  });
});

/** Ends, extensions, withdrawals and starts that race each other. */
function changeOf(accountId: string, at: number): Parameters<SalesApi['call']>[0] {
  const endsOn = `2026-0${5 + (at % 4)}-1${at % 10}`;
  const end = { method: 'POST', path: pathOf(accountId, '/end'), body: { note: `end ${at}` } } as const;
  const withdraw = { ...end, body: { endsOn: '2026-02-28', note: `withdraw ${at}` } };
  const extend = {
    method: 'POST',
    path: pathOf(accountId, '/extend'),
    body: { endsOn, note: `extend ${at}` },
  } as const;
  const start = { method: 'PUT', path: pathOf(accountId), body: { ...spring, endsOn } } as const;
  return [extend, end, start, withdraw][at % 4] ?? extend;
}

function replayed(history: readonly HistoryEntry[]): readonly string[] {
  const terms = new Map<string, string>();
  for (const { action, startsOn, endsOn } of history) {
    if (action === 'withdrawn') terms.delete(startsOn);
    else terms.set(startsOn, endsOn);
  }
  return [...terms].map(([startsOn, endsOn]) => `${startsOn} ${endsOn}`).toSorted();
}

function daysOf(terms: readonly { readonly startsOn: string; readonly endsOn: string }[]): readonly string[] {
  return terms.map(({ startsOn, endsOn }) => `${startsOn} ${endsOn}`);
}

describe('what is refused', () => {
  it('knows no account that permissions does not know', async () => {
    expect(await startSpring('nobody')).toMatchObject({ status: 404, json: { code: 'NOT_FOUND' } });
  });

  it.each([
    ['an end before the start', { ...spring, endsOn: '2026-02-28' }, 'endsOn'],
    ['a day that does not exist', { ...spring, startsOn: '2026-02-30' }, 'startsOn'],
    ['an instant', { ...spring, startsOn: '2026-02-01T00:00:00Z' }, 'startsOn'],
    ['a day in a year of five digits', { ...spring, endsOn: '9999-12-31' }, 'endsOn'],
    ['an unknown field', { ...spring, price: 3 }, 'price'],
    ['a note that is too long', { ...spring, note: 'x'.repeat(1_001) }, 'note'],
    ['a note that no database takes', { ...spring, note: 'a\u0000b' }, 'note'],
  ])('refuses %s and names it', async (_, body, path) => {
    const answer = await api.call({ method: 'PUT', path: pathOf(api.account()), body });
    expect(answer).toMatchObject({ status: 400, json: { code: 'VALIDATION_FAILED', errors: [{ path }] } });
  });

  it('takes a note of several lines, as people write them', async () => {
    const body = { ...spring, note: 'first\n\tsecond 🎉' };
    expect(await api.call({ method: 'PUT', path: pathOf(api.account()), body })).toMatchObject({ status: 200 });
  });

  it('has nothing to extend or to end without a term', async () => {
    const accountId = api.account();
    const body = { endsOn: '2027-01-01' };
    const extended = await api.call({ method: 'POST', path: pathOf(accountId, '/extend'), body });
    const ended = await api.call({ method: 'POST', path: pathOf(accountId, '/end'), body: {} });
    expect([extended.json.code, ended.json.code]).toEqual(['TERM_NOT_FOUND', 'TERM_NOT_FOUND']);
  });

  it('answers an unknown route with a problem', async () => {
    expect(await api.call({ path: '/v1/nothing' })).toMatchObject({ status: 404, json: { code: 'NOT_FOUND' } });
  });
});

it('describes itself, each path that it has', async () => {
  const { json } = await api.call({ path: '/v1/openapi.json', token: null });
  expect(json.openapi).toBe('3.1.0');
  expect(Object.keys(json.paths)).toEqual([
    '/v1/accounts/{accountId}/subscription',
    '/v1/accounts/{accountId}/subscription/extend',
    '/v1/accounts/{accountId}/subscription/end',
    '/v1/subscriptions',
    '/v1/subscriptions/expiring',
  ]);
});
