import { parseBackupWindow } from './backup-window.js';
import { parseScanCron } from './scan-cron.js';
import { ScanTimes } from './scan-times.js';

const at = (text: string) => new Date(text);
const scans = (cron: string, window?: string) =>
  new ScanTimes(parseScanCron(cron, 'UTC'), window === undefined ? null : parseBackupWindow(window));

describe('without a window', () => {
  it('gives every instant of the expression', () => {
    expect(scans('*/15 * * * *').next(at('2026-01-01T12:00:00Z'))).toEqual(at('2026-01-01T12:15:00Z'));
  });

  it('makes one scan due of all that were missed', () => {
    expect(scans('0 2 * * *').due(at('2026-01-05T14:00:00Z'))).toEqual(at('2026-01-05T02:00:00Z'));
  });
});

describe('with a window', () => {
  const nightly = scans('*/15 * * * *', '22:00-06:00 UTC');

  it('skips to its opening', () => {
    expect(nightly.next(at('2026-01-01T05:45:00Z'))).toEqual(at('2026-01-01T22:00:00Z'));
  });

  it('goes on inside it, over midnight', () => {
    expect(nightly.next(at('2026-01-01T23:45:00Z'))).toEqual(at('2026-01-02T00:00:00Z'));
  });

  it('waits for the day on which the expression falls into it', () => {
    const sundays = scans('30 22 * * 0', '22:00-06:00 UTC');
    expect(sundays.next(at('2026-01-01T12:00:00Z'))).toEqual(at('2026-01-04T22:30:00Z'));
  });

  it('makes nothing due outside', () => {
    expect(nightly.due(at('2026-01-01T06:00:00Z'))).toBeNull();
    expect(nightly.due(at('2026-01-01T12:00:00Z'))).toBeNull();
  });

  it('makes nothing due inside that was missed outside', () => {
    const hourly = scans('50 * * * *', '22:00-06:00 UTC');
    expect(hourly.due(at('2026-01-01T22:10:00Z'))).toBeNull();
    expect(hourly.due(at('2026-01-01T22:55:00Z'))).toEqual(at('2026-01-01T22:50:00Z'));
  });

  it('refuses an expression that never falls into it', () => {
    const never = scans('0 12 * * *', '22:00-06:00 UTC');
    expect(() => never.next(at('2026-01-01T12:00:00Z'))).toThrow('no scan falls into BACKUP_WINDOW');
  });
});
