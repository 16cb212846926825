import { openSalesApi, type SalesApi } from './harness.js';

let api: SalesApi;

// Noon of 10 April in UTC.
beforeEach(async () => {
  api = await openSalesApi();
});

afterEach(() => api.close());

async function term(accountId: string, endsOn: string, startsOn = '2026-01-01'): Promise<string> {
  const body = { startsOn, endsOn, reference: 'Q-1', note: '' };
  const answer = await api.call({ method: 'PUT', path: `/v1/accounts/${accountId}/subscription`, body });
  expect(answer.status).toBe(200);
  return accountId;
}

const expiring = (query = '') => api.call({ path: `/v1/subscriptions/expiring${query}` });
const daysOf = async (query = '') => {
  const { json } = await expiring(query);
  return json.items.map(({ accountId, daysLeft }) => [accountId, daysLeft]);
};

it('lists terms from those that end today to those within the days, the soonest first', async () => {
  const late = await term(api.account(), '2026-04-20');
  const today = await term(api.account(), '2026-04-10');
  await term(api.account(), '2026-04-21');
  await term(api.account(), '2026-04-09');
  expect(await daysOf('?withinDays=10')).toEqual([
    [today, 0],
    [late, 10],
  ]);
});

it('is not kept from other accounts by a time zone that was taken once and is none', async () => {
  const other = await term(api.account(), '2026-04-20');
  const odd = await Promise.all(
    ['PST', 'Mars/Olympus'].map((timeZone) => term(api.account({ timeZone }), '2026-04-20')),
  );
  const listed = (await daysOf('?withinDays=10')).map(([accountId]) => accountId);
  expect(new Set(listed)).toEqual(new Set([other, ...odd]));
  expect((await api.call({ path: `/v1/accounts/${odd[1]}/subscription` })).json).toMatchObject({ state: 'valid' });
});

it('looks thirty days ahead by default, and shows what sales needs', async () => {
  const accountId = await term(api.account({ name: 'Harbour' }), '2026-05-10');
  await term(api.account(), '2026-05-11');
  const item = {
    accountId,
    accountName: 'Harbour',
    startsOn: '2026-01-01',
    endsOn: '2026-05-10',
    endsAt: '2026-05-10T23:00:00.000Z',
    reference: 'Q-1',
    daysLeft: 30,
  };
  expect((await expiring()).json).toEqual({ items: [item], nextCursor: null });
});

it('counts days where the account is', async () => {
  const east = await term(api.account({ timeZone: 'Pacific/Kiritimati' }), '2026-04-12');
  await term(api.account({ timeZone: 'Pacific/Kiritimati' }), '2026-04-10');
  const west = await term(api.account({ timeZone: 'Pacific/Pago_Pago' }), '2026-04-11');
  api.clock.set('2026-04-11T10:30:00Z'); // the 12th in the east, the 10th in the west
  expect(await daysOf('?withinDays=1')).toEqual([
    [west, 1],
    [east, 0],
  ]);
});

it('leaves out a term that another one follows without a gap', async () => {
  const renewed = await term(api.account(), '2026-04-20');
  await term(renewed, '2027-04-20', '2026-04-21');
  const gap = await term(api.account(), '2026-04-20');
  await term(gap, '2027-04-20', '2026-04-22');
  expect(await daysOf()).toEqual([[gap, 10]]);
});

it('says names and time zones as they are now', async () => {
  const accountId = await term(api.account(), '2026-04-20');
  api.accounts.set(accountId, { accountId, name: 'Renamed', timeZone: 'UTC', enterprise: false });
  expect((await expiring()).json.items).toMatchObject([{ accountName: 'Renamed', endsAt: '2026-04-21T00:00:00.000Z' }]);
});

it('gives pages that together are all, each once', async () => {
  const ids: string[] = [];
  for (let at = 0; at < 7; at += 1) ids.push(await term(api.account(), at < 4 ? '2026-04-15' : '2026-04-16'));
  const seen: string[] = [];
  for (let cursor: string | null = ''; cursor !== null;) {
    const { json }: Awaited<ReturnType<SalesApi['call']>> = await expiring(`?limit=3${cursor && `&cursor=${cursor}`}`);
    expect(json.items.length).toBeLessThanOrEqual(3);
    seen.push(...json.items.map(({ accountId }) => accountId));
    cursor = json.nextCursor;
  }
  expect(seen).toEqual(ids);
});

it.each(['limit=3', 'cursor=x'])('refuses ?%s with CSV, which has no pages', async (query) => {
  const answer = await api.call({ path: `/v1/subscriptions/expiring?${query}`, accept: 'text/csv' });
  expect(answer).toMatchObject({ status: 400, json: { code: 'VALIDATION_FAILED' } });
});

it('gives JSON to somebody who likes it better', async () => {
  const accept = 'application/json, text/csv;q=0.5';
  const answer = await api.call({ path: '/v1/subscriptions/expiring', accept });
  expect(answer.headers['content-type']).toContain('application/json');
});

it('gives all as CSV', async () => {
  const accountId = await term(api.account({ name: '=HYPERLINK("x")' }), '2026-04-20');
  const answer = await api.call({ path: '/v1/subscriptions/expiring', accept: 'text/csv' });
  expect(answer.headers['content-type']).toBe('text/csv; charset=utf-8; header=present');
  expect(answer.text.split('\r\n')).toEqual([
    '\uFEFFaccountId,accountName,startsOn,endsOn,endsAt,reference,daysLeft',
    `${accountId},"'=HYPERLINK(""x"")",2026-01-01,2026-04-20,2026-04-20T23:00:00.000Z,Q-1,10`,
    '',
  ]);
});

// Days that no database can represent.
const YEAR_ZERO = Buffer.from('0000-01-01 lab').toString('base64url');

it.each([
  'withinDays=-1',
  'withinDays=ten',
  'withinDays=99999',
  'limit=0',
  'cursor=x',
  `cursor=${YEAR_ZERO}`,
  'days=3',
  'limit=1&limit=2',
])('refuses ?%s', async (query) => {
  expect(await expiring(`?${query}`)).toMatchObject({ status: 400, json: { code: 'VALIDATION_FAILED' } });
});
