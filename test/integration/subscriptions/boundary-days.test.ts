// A one-day term, checked against local wall-clock time at every boundary.
import { openSalesApi, type SalesApi } from './harness.js';

let api: SalesApi;

beforeAll(async () => {
  api = await openSalesApi();
});

afterAll(() => api.close());

it.each([
  ['Pacific/Kiritimati', '2026-06-15', 'furthest ahead of UTC'],
  ['Pacific/Niue', '2026-06-15', 'furthest behind but one'],
  ['America/Sao_Paulo', '2018-11-04', 'begins at 01:00'],
  ['America/Sao_Paulo', '2018-02-17', 'has 23:00 twice'],
  ['Asia/Gaza', '2023-04-29', 'has no 02:00'],
  ['Asia/Gaza', '2015-10-24', 'has 00:00 twice'],
  ['Africa/Cairo', '2024-04-26', 'begins at 01:00'],
  ['Africa/Cairo', '2024-10-31', 'has 23:00 twice'],
  ['Europe/London', '2028-02-29', 'is a leap day'],
])('in %s, %s (%s) is valid from its first instant to its last one', async (timeZone, day) => {
  const accountId = api.account({ timeZone });
  const path = `/v1/accounts/${accountId}/subscription`;
  const started = await api.call({ method: 'PUT', path, body: { startsOn: day, endsOn: day } });
  const { startsAt, endsAt } = started.json.terms[0] ?? { startsAt: '', endsAt: '' };
  const states: unknown[] = [];
  for (const at of [Date.parse(startsAt) - 1, Date.parse(startsAt), Date.parse(endsAt) - 1, Date.parse(endsAt)]) {
    api.clock.set(at);
    const { json } = await api.call({ path });
    states.push([json.state, wallDay(at, timeZone) === day]);
  }
  expect(states).toEqual([
    ['scheduled', false],
    ['valid', true],
    ['valid', true],
    ['expired', false],
  ]);
});

it.each([
  ['Pacific/Kiritimati', '2026-04-11'],
  ['Pacific/Niue', '2026-04-09'],
])('ends today by default, which in %s is %s', async (timeZone, today) => {
  api.clock.set('2026-04-10T10:30:00Z');
  const path = `/v1/accounts/${api.account({ timeZone })}/subscription`;
  await api.call({ method: 'PUT', path, body: { startsOn: '2026-01-01', endsOn: '2026-12-31' } });
  const ended = await api.call({ method: 'POST', path: `${path}/end`, body: { note: 'moved' } });
  expect(ended.json).toMatchObject({ state: 'valid', endsOn: today });
});

/** By ICU, which is independent of our calendar code. */
function wallDay(at: number, timeZone: string): string {
  return new Intl.DateTimeFormat('sv-SE', { timeZone, dateStyle: 'short' }).format(at);
}
