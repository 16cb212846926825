import { de } from './de.js';
import { en, type Catalogue, type Message, type MessageKey } from './en.js';
import { daysUntil, formatsOf } from './formats.js';
import { speaker } from './texts.js';

const placeholders = (message: Message) =>
  JSON.stringify(message)
    .match(/\{\w+\}/g)
    ?.toSorted() ?? [];
const entries = (catalogue: Catalogue) => Object.entries(catalogue) as [MessageKey, Message][];

describe('German', () => {
  it('says everything, with the same places to fill and the same kind of plural', () => {
    for (const [key, message] of entries(en)) {
      const german = de[key];
      expect([key, typeof german]).toEqual([key, typeof message]);
      expect([key, [...new Set(placeholders(german))]]).toEqual([key, [...new Set(placeholders(message))]]);
    }
    expect(Object.keys(de).toSorted()).toEqual(Object.keys(en).toSorted());
  });

  it('leaves few words as they are in English', () => {
    const same = entries(en).filter(([key, message]) => JSON.stringify(de[key]) === JSON.stringify(message));
    expect(same.length).toBeLessThan(20);
  });
});

describe('a speaker', () => {
  it('fills places and chooses the plural form', () => {
    const say = speaker(en, 'en-GB');
    expect(say('exceptions.files', { count: 1 })).toBe('1 file could not be read');
    expect(say('exceptions.files', { count: 12_345 })).toBe('12,345 files could not be read');
    expect(speaker(de, 'de-DE')('exceptions.files', { count: 12_345 })).toContain('12.345');
  });
});

describe('formats', () => {
  const { dateTime, size, percent } = formatsOf('en-GB', 'Pacific/Auckland');

  it("give instants in the account's time zone", () => {
    expect(dateTime('2026-11-23T22:30:00Z')).toBe('24 Nov 2026, 11:30');
  });

  it.each([
    [0, '0 byte'],
    [999, '999 byte'],
    [1_500, '1.5 kB'],
    [88_500_000, '88.5 MB'],
    [140_000_000, '140 MB'],
    [2.5e15, '2,500 TB'],
  ])('say %d bytes as %s', (bytes, text) => {
    expect(size(bytes)).toBe(text);
  });

  it('say 100 % only at the end', () => {
    expect([percent(999, 1_000), percent(1_000, 1_000)]).toEqual(['99%', '100%']);
  });

  it('count whole days that are left', () => {
    const now = Date.parse('2026-11-23T12:00:00Z');
    expect([daysUntil('2026-11-24T11:00:00Z', now), daysUntil('2026-11-25T12:00:00Z', now)]).toEqual([0, 2]);
    expect(daysUntil('2026-11-01T00:00:00Z', now)).toBe(0);
  });
});

it('tells times in UTC where the browser does not know the zone of the account', () => {
  const noon = '2026-03-01T12:00:00Z';
  expect(formatsOf('en-GB', 'Mars/Olympus').dateTime(noon)).toBe(formatsOf('en-GB', 'UTC').dateTime(noon));
});
