import { dayInZone } from './calendar-day.js';

const lateEvening = new Date('2026-06-30T23:30:00Z');

describe('dayInZone', () => {
  it('is the day that the clock on the wall shows', () => {
    expect(dayInZone(lateEvening, 'Europe/London', 0)).toBe('2026-07-01');
    expect(dayInZone(lateEvening, 'America/New_York', 0)).toBe('2026-06-30');
  });

  it('counts whole days over the end of a year and over a change of the clock', () => {
    expect(dayInZone(lateEvening, 'Europe/London', 364)).toBe('2027-06-30');
    expect(dayInZone(new Date('2026-03-28T12:00:00Z'), 'Europe/London', 1)).toBe('2026-03-29');
  });
});
