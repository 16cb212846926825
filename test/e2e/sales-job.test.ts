// What Sales does over HTTP and with the command on a whole system, and what they can never do.
import { ApiClient, type Answer } from '../support/api-client.js';
import { startSystem, type RunningSystem } from '../support/running-system.js';

interface Problem {
  readonly code?: string;
}

let system: RunningSystem;
let sales: ApiClient;

beforeAll(async () => {
  system = await startSystem('filesystem');
  const token = (...args: string[]) => system.command('token', ...args);
  const host = new ApiClient(system.gatewayUrl, await token('--service', 'host', '--scope', 'provisioning'));
  sales = new ApiClient(system.subscriptionsUrl, await token('--service', 'sally', '--scope', 'subscriptions'));
  for (const [accountId, name] of Object.entries({ east: '=cmd|calc', race: 'Race', silent: 'Silent' })) {
    const path = `/api/v1/provisioning/accounts/${accountId}/directory`;
    expect((await host.put(path, { name, timeZone: 'Pacific/Kiritimati' })).status).toBe(200);
  }
}, 300_000);

afterAll(() => system?.stop());

const pathOf = (accountId: string) => `/v1/accounts/${accountId}/subscription`;
const farAway = { startsOn: '2020-01-01', endsOn: '2090-12-31', reference: 'Q-1', note: 'won' };

/** `days` from today, in the time zone of the accounts. */
function dayFromNow(days: number): string {
  const at = new Date(Date.now() + days * 86_400_000);
  return new Intl.DateTimeFormat('sv-SE', { timeZone: 'Pacific/Kiritimati', dateStyle: 'short' }).format(at);
}

describe('the command', () => {
  const ofEast = ['--account', 'east', '--note', '@why'];
  const subscription = (...args: string[]) => system.command('subscription', ...args);

  it('starts, extends and ends a term, and shows who did what and why', async () => {
    await subscription('start', ...ofEast, '--starts-on', '2020-01-01', '--ends-on', '2090-01-01', '--reference', '+1');
    const extended = await subscription('extend', ...ofEast, '--ends-on', '2090-12-31');
    expect(extended).toContain('east: valid, 2020-01-01 to 2090-12-31, both days included');
    expect(extended).toMatch(/STARTS ON +ENDS ON +REFERENCE\n2020-01-01 +2090-12-31 +\+1/);
    const ended = await subscription('end', ...ofEast, '--ends-on', dayFromNow(5), '--json');
    expect(JSON.parse(ended)).toMatchObject({ state: 'valid', endsOn: dayFromNow(5) });
    const { history } = JSON.parse(await subscription('show', '--account', 'east', '--json')) as { history: object[] };
    expect(history).toMatchObject([{ action: 'started' }, { action: 'extended' }, { action: 'ended', note: '@why' }]);
    expect(history[0]).toMatchObject({ by: expect.stringContaining('account-backups') });
  }, 60_000);

  it('lists all accounts by state and by a part of the name, page by page', async () => {
    const list = async (...args: string[]) => {
      const said = JSON.parse(await subscription('list', '--json', ...args)) as { items: { accountId: string }[] };
      return said.items.map(({ accountId }) => accountId);
    };
    expect(await list()).toEqual(['east', 'race', 'silent']);
    expect(await list('--state', 'valid')).toEqual(['east']);
    expect(await list('--state', 'none', '--name', 'SIL')).toEqual(['silent']);
    expect(await subscription('list', '--name', 'nobody')).toBe('no account fits');
    expect(await subscription('list')).toMatch(/east +=cmd\|calc +valid +2020-01-01 .* 00:00 Pacific\/Kiritimati/);
    const first = await sales.get<{ items: unknown[]; nextCursor: string }>('/v1/subscriptions?limit=2');
    expect(first.body.items).toHaveLength(2);
    const next = `/v1/subscriptions?limit=2&cursor=${first.body.nextCursor}`;
    expect((await sales.get(next)).body).toMatchObject({ items: [{ accountId: 'silent' }], nextCursor: null });
  }, 60_000);

  it('lists what expires as a table, as JSON, and as CSV that no spreadsheet runs', async () => {
    expect(await subscription('expiring')).toMatch(/^east +=cmd\|calc +\d{4}-\d\d-\d\d +5 +\+1$/m);
    expect(await subscription('expiring', '--within-days', '4', '--json')).toBe('{"items":[]}');
    const csv = await subscription('expiring', '--csv');
    expect(csv).toContain("east,'=cmd|calc,2020-01-01,");
    expect(csv).toContain(",'+1,5");
  }, 60_000);

  it.each([
    [
      'a last day before the first',
      ['start', '--starts-on', '2030-01-02', '--ends-on', '2030-01-01', '--reference', 'x'],
    ],
    ['no day', ['extend', '--ends-on', 'tomorrow']],
    ['a term that overlaps', ['start', '--starts-on', '2020-01-01', '--ends-on', '2020-01-01', '--reference', 'x']],
  ])('ends with an error for %s', async (_what, args) => {
    await expect(subscription(...args, ...ofEast)).rejects.toMatchObject({ code: 1 });
  });
});

describe('over HTTP', () => {
  it('grants one of a hundred terms at the same moment', async () => {
    const puts = Array.from({ length: 100 }, () => sales.put<Problem>(pathOf('race'), farAway));
    const answers = await Promise.all(puts);
    expect(answers.filter(({ status }) => status === 200)).toHaveLength(1);
    expect(answers.filter(({ body }) => body.code === 'TERM_OVERLAPS')).toHaveLength(99);
  });

  it.each([
    ['an address that cannot be read', '/v1/accounts/%zz/subscription', {}, '400 VALIDATION_FAILED'],
    ['an account that nobody knows', pathOf('nobody'), farAway, '404 NOT_FOUND'],
    ['a body that is too large', pathOf('silent'), { note: 'x'.repeat(70_000) }, '413 PAYLOAD_TOO_LARGE'],
    ['an id of a wrong form', pathOf('a%2Fb'), farAway, '400 VALIDATION_FAILED'],
  ])('refuses %s with a problem', async (_what, path, body, refusal) => {
    const answer: Answer<Problem> = await sales.put(path, body);
    expect(`${answer.status} ${answer.body.code}`).toBe(refusal);
    expect(answer.headers.get('content-type')).toContain('application/problem+json');
  });

  it('never lets Sales see or take a backup', async () => {
    const gateway = new ApiClient(system.gatewayUrl, sales.token);
    const id = '00000000-0000-4000-8000-000000000000';
    const answers = await Promise.all<Answer<Problem>>([
      gateway.get('/api/v1/me'),
      gateway.get('/api/v1/backups'),
      gateway.get(`/api/v1/backups/${id}`),
      gateway.get(`/api/v1/backups/${id}/receipt`),
      gateway.post(`/api/v1/backups/${id}/downloads`),
      gateway.get(`/api/v1/backups/${id}/downloads/${id}/archive`),
      gateway.get('/api/v1/events'),
      gateway.put('/api/v1/provisioning/accounts/east/directory', {}),
    ]);
    expect(new Set(answers.map(({ status, body }) => `${status} ${body.code}`))).toEqual(
      new Set(['403 SCOPE_MISSING']),
    );
  });
});
