import { expiringText, listText, subscriptionText } from './subscription-text.js';

const none = { startsOn: null, endsOn: null, endsAt: null, reference: null, terms: [], history: [] };
const term = { startsOn: '2026-01-01', endsOn: '2026-12-31', reference: 'PO-7' };

describe('subscriptionText', () => {
  it('says the state alone where there is no term', () => {
    expect(subscriptionText({ accountId: 'acme', state: 'none', ...none })).toMatch(/^acme: none\n/);
  });

  it('shows the term that counts, all terms, and who changed what and why', () => {
    const change = { at: '2026-01-01T08:00:00.000Z', by: 'sam', action: 'start', note: 'signed' };
    const history = [{ ...change, startsOn: term.startsOn, endsOn: term.endsOn }];
    const endsAt = '2026-12-31T23:00:00.000Z';
    const text = subscriptionText({ accountId: 'acme', state: 'valid', endsAt, ...term, terms: [term], history });
    expect(text).toContain(`acme: valid, 2026-01-01 to 2026-12-31, both days included (until ${endsAt})`);
    expect(text).toContain('2026-01-01  2026-12-31  PO-7');
    expect(text).toContain('2026-01-01T08:00:00.000Z  sam  start   2026-01-01  2026-12-31  signed');
  });
});

describe('listText', () => {
  it('tells the last moment as the clocks of the account show it', () => {
    const zone = { accountId: 'a', accountName: 'A', timeZone: 'Asia/Tokyo', state: 'valid' };
    expect(listText([{ ...zone, ...term, endsAt: '2026-12-31T15:00:00.000Z' }])).toContain(
      '2027-01-01 00:00 Asia/Tokyo',
    );
    expect(listText([])).toBe('no account fits');
  });
});

describe('expiringText', () => {
  it('says that there is none', () => {
    expect(expiringText([], '30')).toBe('no term ends within 30 days');
  });

  it('has a line for each term', () => {
    const text = expiringText([{ accountId: 'acme', accountName: 'Acme Ltd', daysLeft: 3, ...term }], '30');
    expect(text.split('\n')[1]).toBe('acme     Acme Ltd  2026-12-31  3          PO-7');
  });
});
