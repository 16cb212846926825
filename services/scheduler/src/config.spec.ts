import { readConfiguration } from '@account-backups/service-kit';
import { settings } from './config.js';
import { Schedule } from './schedule.js';

const needed = { RABBITMQ_URL: 'amqp://broker', DATABASE_URL: 'postgres://server/database' };
const read = (environment: Record<string, string>) => readConfiguration(settings, { ...needed, ...environment });

it('scans every fifteen minutes and sweeps every five seconds when nothing is said', () => {
  expect(read({})).toMatchObject({ SCAN_CRON: '*/15 * * * *', SCAN_TIME_ZONE: 'UTC', SWEEP_SECONDS: 5 });
});

it('names every setting that is wrong, and what was expected', () => {
  const wrong = { SCAN_CRON: '61 * * * *', SCAN_TIME_ZONE: 'Mars', BACKUP_WINDOW: 'at night', SWEEP_SECONDS: '0' };
  expect(() => read(wrong)).toThrow(
    /SCAN_CRON: .*61.*SCAN_TIME_ZONE: expected.*BACKUP_WINDOW: expected.*SWEEP_SECONDS/,
  );
});

it('refuses to start when no scan would ever happen', () => {
  const config = read({ SCAN_CRON: '0 12 * * *', BACKUP_WINDOW: '22:00-06:00 UTC' });
  expect(() => new Schedule(config, new Date('2026-01-01T00:00:00Z'))).toThrow('no scan falls into BACKUP_WINDOW');
});

describe('Schedule', () => {
  const schedule = new Schedule(read({ SWEEP_SECONDS: '7', SCAN_CRON: '* * * * *' }), new Date(0));

  it('puts sweeps on whole multiples of the interval', () => {
    expect(schedule.dueSweep(new Date(20_999))).toEqual(new Date(14_000));
    expect(schedule.dueSweep(new Date(21_000))).toEqual(new Date(21_000));
  });

  it('looks again at the next sweep or scan, whichever comes first', () => {
    expect(schedule.nextBeat(new Date(50_000))).toEqual(new Date(56_000));
    expect(schedule.nextBeat(new Date(56_000))).toEqual(new Date(60_000));
  });
});
