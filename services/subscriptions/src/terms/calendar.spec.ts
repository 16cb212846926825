import fc from 'fast-check';
import { addDays, dayOf, daysBetween, endOfDay, startOfDay } from './calendar.js';

const MINUTE_MS = 60_000;

// Zones with half hours, with days that begin at 01:00, begin twice, or are missing, and far from UTC.
const zones = [
  'UTC',
  'Europe/London',
  'America/Havana',
  'America/Sao_Paulo',
  'America/St_Johns',
  'Africa/Cairo',
  'Asia/Kathmandu',
  'Asia/Gaza',
  'Australia/Lord_Howe',
  'Pacific/Apia',
  'Pacific/Kiritimati',
  'Pacific/Pago_Pago',
];

const days = fc.integer({ min: 0, max: 70 * 366 }).map((count) => addDays('1970-01-01', count));

/** What a wall calendar there shows, by another library than the one under test. */
function wallDay(instant: number, timeZone: string): string {
  const parts = { timeZone, year: 'numeric', month: '2-digit', day: '2-digit' } as const;
  return new Intl.DateTimeFormat('en-CA', parts).format(instant);
}

describe('startOfDay', () => {
  it.each([
    ['UTC', '2026-03-01', '2026-03-01T00:00:00.000Z'],
    ['Europe/London', '2026-07-01', '2026-06-30T23:00:00.000Z'],
    ['America/Sao_Paulo', '2018-11-04', '2018-11-04T03:00:00.000Z'], // begins at 01:00
    ['Africa/Cairo', '2023-04-28', '2023-04-27T22:00:00.000Z'], // begins at 01:00
    ['America/Havana', '2024-11-03', '2024-11-03T04:00:00.000Z'], // 00:00 comes twice
    ['America/St_Johns', '2006-10-29', '2006-10-29T02:30:00.000Z'], // one minute, then the day before again
    ['Pacific/Apia', '2011-12-30', '2011-12-30T10:00:00.000Z'], // never happened
    ['Pacific/Apia', '2011-12-31', '2011-12-30T10:00:00.000Z'],
  ])('knows when a day begins in %s on %s', (timeZone, day, instant) => {
    expect(startOfDay(day, timeZone).toISOString()).toBe(instant);
  });

  it('is the first instant of the day on the wall there', () => {
    fc.assert(
      fc.property(fc.constantFrom(...zones), days, (timeZone, day) => {
        const start = startOfDay(day, timeZone).getTime();
        const earlier = Array.from({ length: 48 }, (_, half) => wallDay(start - 1 - half * 30 * MINUTE_MS, timeZone));
        expect(wallDay(start, timeZone) >= day).toBe(true);
        expect(earlier.filter((shown) => shown >= day)).toEqual([]);
      }),
    );
  });
});

describe('endOfDay', () => {
  it('leaves no gap to the day after', () => {
    fc.assert(
      fc.property(fc.constantFrom(...zones), days, (timeZone, day) => {
        expect(endOfDay(day, timeZone)).toEqual(startOfDay(addDays(day, 1), timeZone));
      }),
    );
  });

  it('makes a day that never happened last no time', () => {
    expect(endOfDay('2011-12-30', 'Pacific/Apia')).toEqual(startOfDay('2011-12-30', 'Pacific/Apia'));
  });
});

describe('dayOf', () => {
  it('is the day on the wall there', () => {
    fc.assert(
      fc.property(fc.constantFrom(...zones), fc.integer({ min: 0, max: 2 ** 41 }), (timeZone, instant) => {
        expect(dayOf(new Date(instant), timeZone)).toBe(wallDay(instant, timeZone));
      }),
    );
  });
});

describe('daysBetween', () => {
  it('counts what addDays adds, leap days included', () => {
    fc.assert(
      fc.property(days, fc.integer({ min: -4_000, max: 4_000 }), (day, count) => {
        expect(daysBetween(day, addDays(day, count))).toBe(count);
      }),
    );
  });
});
