import { expiringLines, listLines, subscriptionLines } from './subscription-lines.js';

const timeZone = 'Asia/Tokyo';
const none = { startsOn: null, endsOn: null, endsAt: null, reference: null, terms: [], history: [] };
const term = { startsOn: '2026-01-01', endsOn: '2026-12-31', reference: 'PO-7' };

describe('subscriptionLines', () => {
  it('says the state alone where there is no term', () => {
    expect(subscriptionLines({ accountId: 'acme', timeZone, state: 'none', ...none })[0]).toBe('acme: none');
  });

  it("shows the term that counts, all terms, and who changed what and why, by the account's clocks", () => {
    const change = { at: '2026-01-01T18:00:00.000Z', by: 'sam', action: 'start', note: 'signed' };
    const history = [{ ...change, startsOn: term.startsOn, endsOn: term.endsOn }];
    const shown = { accountId: 'acme', timeZone, state: 'valid', endsAt: '2026-12-31T15:00:00.000Z' };
    const lines = subscriptionLines({ ...shown, ...term, terms: [term], history });
    expect(lines).toContain(
      `acme: valid, 2026-01-01 to 2026-12-31, both days included (until 2027-01-01 00:00 Asia/Tokyo)`,
    );
    expect(lines).toContain('2026-01-01  2026-12-31  PO-7');
    expect(lines).toContain('2026-01-02 03:00 Asia/Tokyo  sam  start   2026-01-01  2026-12-31  signed');
  });
});

describe('listLines', () => {
  it('tells the last moment as the clocks of the account show it', () => {
    const zone = { accountId: 'a', accountName: 'A', timeZone, state: 'valid' };
    const [, line] = listLines([{ ...zone, ...term, endsAt: '2026-12-31T15:00:00.000Z' }]);
    expect(line).toContain('2027-01-01 00:00 Asia/Tokyo');
    expect(listLines([])).toEqual(['no account fits']);
  });
});

describe('expiringLines', () => {
  it('says that there is none', () => {
    expect(expiringLines([], '30')).toEqual(['no term ends within 30 days']);
  });

  it('has a line for each term', () => {
    const [, line] = expiringLines([{ accountId: 'acme', accountName: 'Acme Ltd', daysLeft: 3, ...term }], '30');
    expect(line).toBe('acme     Acme Ltd  2026-12-31  3          PO-7');
  });
});
