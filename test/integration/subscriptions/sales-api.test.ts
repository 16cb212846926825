import { openSalesApi, type SalesApi } from './sales-api.js';

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
      json: { accountId, state: 'none', startsOn: null, endsAt: null, terms: [], history: [] },
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

  it('is granted once when twenty ask at the same moment', async () => {
    const accountId = api.account();
    const answers = await Promise.all(Array.from({ length: 20 }, () => startSpring(accountId)));
    expect(answers.filter(({ status }) => status === 200)).toHaveLength(1);
    expect(answers.filter(({ json }) => json.code === 'TERM_OVERLAPS')).toHaveLength(19);
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
    '/v1/subscriptions/expiring',
  ]);
});
