import fc from 'fast-check';
import { parseBackupWindow } from './backup-window.js';

const at = (text: string) => new Date(text);

describe('parseBackupWindow', () => {
  it.each([
    '22:00-06:00',
    '22:00-06:00 Nowhere/City',
    '24:00-06:00 UTC',
    '22:60-06:00 UTC',
    '9:00-17:00 UTC',
    '22:00 - 06:00 UTC',
    '',
  ])('refuses %j', (text) => {
    expect(() => parseBackupWindow(text)).toThrow('expected hours and a time zone such as 22:00-06:00 Europe/London');
  });

  it('refuses a window without length', () => {
    expect(() => parseBackupWindow('22:00-22:00 UTC')).toThrow('expected a window that ends at another time');
  });
});

describe('a window within a day', () => {
  const window = parseBackupWindow('09:30-17:00 UTC');

  it.each([
    ['2026-05-01T09:29:59.999Z', false],
    ['2026-05-01T09:30:00.000Z', true],
    ['2026-05-01T16:59:59.999Z', true],
    ['2026-05-01T17:00:00.000Z', false],
    ['2026-05-01T00:00:00.000Z', false],
  ])('is open at %s: %j', (instant, open) => {
    expect(window.includes(at(instant))).toBe(open);
  });
});

describe('a window over midnight, in London', () => {
  const window = parseBackupWindow('22:00-06:00 Europe/London');

  it.each([
    ['2026-01-10T21:59:59Z', false],
    ['2026-01-10T22:00:00Z', true],
    ['2026-01-11T00:00:00Z', true],
    ['2026-01-11T05:59:59Z', true],
    ['2026-01-11T06:00:00Z', false],
    // in summer the clock on the wall is an hour ahead
    ['2026-07-10T20:59:59Z', false],
    ['2026-07-10T21:00:00Z', true],
    ['2026-07-11T04:59:59Z', true],
    ['2026-07-11T05:00:00Z', false],
  ])('is open at %s: %j', (instant, open) => {
    expect(window.includes(at(instant))).toBe(open);
  });

  it.each([
    ['2026-01-10T12:00:30Z', '2026-01-10T22:00:00.000Z'],
    ['2026-03-28T06:00:00Z', '2026-03-28T22:00:00.000Z'],
    // the day on which the clocks go forward
    ['2026-03-29T06:00:00Z', '2026-03-29T21:00:00.000Z'],
    // the day on which they go back
    ['2026-10-25T06:00:00Z', '2026-10-25T22:00:00.000Z'],
  ])('opens after %s at %s', (after, opening) => {
    expect(window.nextOpening(at(after)).toISOString()).toBe(opening);
  });
});

describe('a window in the hour that the spring change leaves out', () => {
  // on 29 March 2026 in London, 01:00 is followed by 02:00
  it('opens late that day when it reaches beyond', () => {
    const window = parseBackupWindow('01:30-03:00 Europe/London');
    expect(window.nextOpening(at('2026-03-29T00:00:00Z')).toISOString()).toBe('2026-03-29T01:00:00.000Z');
  });

  it('opens the next day when it lies wholly in it', () => {
    const window = parseBackupWindow('01:10-01:50 Europe/London');
    expect(window.nextOpening(at('2026-03-29T00:00:00Z')).toISOString()).toBe('2026-03-30T00:10:00.000Z');
  });
});

it('opens twice when the autumn change repeats its hour', () => {
  const window = parseBackupWindow('01:10-01:50 Europe/London');
  expect(window.includes(at('2026-10-25T00:30:00Z'))).toBe(true);
  expect(window.includes(at('2026-10-25T01:05:00Z'))).toBe(false);
  expect(window.includes(at('2026-10-25T01:30:00Z'))).toBe(true);
});

it('opens at an instant that it includes, with none before that it includes', () => {
  const time = fc.integer({ min: 0, max: 1_439 });
  const clock = (minute: number) =>
    `${String(Math.floor(minute / 60)).padStart(2, '0')}:${String(minute % 60).padStart(2, '0')}`;
  const zone = fc.constantFrom('Europe/London', 'America/St_Johns', 'Asia/Kathmandu', 'Australia/Lord_Howe');
  const instant = fc.date({ min: at('2026-01-01T00:00:00Z'), max: at('2027-01-01T00:00:00Z'), noInvalidDate: true });
  fc.assert(
    fc.property(time, time, zone, instant, (from, to, timeZone, after) => {
      fc.pre(from !== to);
      const window = parseBackupWindow(`${clock(from)}-${clock(to)} ${timeZone}`);
      fc.pre(!window.includes(after));
      const opening = window.nextOpening(after);
      expect(opening.getTime()).toBeGreaterThan(after.getTime());
      expect(window.includes(opening)).toBe(true);
      expect(window.includes(new Date(opening.getTime() - 1))).toBe(false);
    }),
  );
});
