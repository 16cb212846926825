import { parseScanCron } from './scan-cron.js';

const at = (text: string) => new Date(text);

describe('parseScanCron', () => {
  it.each(['', '*', '* * * *', '61 * * * *', 'soon', '0 0 30 2 *', 'H * * * *', '@hourly', '* * * * * * *'])(
    'refuses %j',
    (expression) => {
      expect(() => parseScanCron(expression, 'UTC')).toThrow();
    },
  );

  it('gives the instants around one that lies between two', () => {
    const cron = parseScanCron('*/15 * * * *', 'UTC');
    expect(cron.latest(at('2026-01-01T00:20:00.123Z'))).toEqual(at('2026-01-01T00:15:00Z'));
    expect(cron.next(at('2026-01-01T00:20:00.123Z'))).toEqual(at('2026-01-01T00:30:00Z'));
  });

  it('counts an instant that is one as past', () => {
    const cron = parseScanCron('*/15 * * * *', 'UTC');
    expect(cron.latest(at('2026-01-01T00:15:00Z'))).toEqual(at('2026-01-01T00:15:00Z'));
    expect(cron.next(at('2026-01-01T00:15:00Z'))).toEqual(at('2026-01-01T00:30:00Z'));
  });

  it('takes seconds when there are six fields', () => {
    expect(parseScanCron('*/10 * * * * *', 'UTC').next(at('2026-01-01T00:00:01Z'))).toEqual(at('2026-01-01T00:00:10Z'));
  });

  it('tells time by the clock of its zone, once on the day that has an hour twice', () => {
    const cron = parseScanCron('30 1 * * *', 'Europe/London');
    expect(cron.next(at('2026-10-24T12:00:00Z'))).toEqual(at('2026-10-25T00:30:00Z'));
    expect(cron.next(at('2026-10-25T00:30:00Z'))).toEqual(at('2026-10-26T01:30:00Z'));
  });
});
