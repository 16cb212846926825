import { isTimeZone } from '@account-backups/contracts';

const MINUTE_MS = 60_000;
const DAY_MINUTES = 24 * 60;
const FORM = /^([01]\d|2[0-3]):([0-5]\d)-([01]\d|2[0-3]):([0-5]\d) (\S+)$/;
// if the clocks skip the whole window in spring, it opens the next day
const MAX_WAIT_MINUTES = 2 * DAY_MINUTES;

/**
 * The hours of each day in which scans happen by themselves, by the wall clock of one time zone: from the first minute
 * up to but not including the last. A window that ends before it starts spans midnight.
 */
export class BackupWindow {
  private readonly wallClock: Intl.DateTimeFormat;

  constructor(
    private readonly fromMinute: number,
    private readonly toMinute: number,
    timeZone: string,
  ) {
    this.wallClock = new Intl.DateTimeFormat('en-GB', {
      timeZone,
      hour: '2-digit',
      minute: '2-digit',
      hourCycle: 'h23',
    });
  }

  includes(instant: Date): boolean {
    const minute = minuteOf(this.wallClock.format(instant));
    if (this.fromMinute < this.toMinute) return minute >= this.fromMinute && minute < this.toMinute;
    return minute >= this.fromMinute || minute < this.toMinute;
  }

  /** The first open minute after `after`, an instant at which the window is closed. */
  nextOpening(after: Date): Date {
    let at = Math.floor(after.getTime() / MINUTE_MS) * MINUTE_MS;
    for (let minutes = 0; minutes < MAX_WAIT_MINUTES; minutes++) {
      at += MINUTE_MS;
      if (this.includes(new Date(at))) break;
    }
    return new Date(at);
  }
}

/** Reads `HH:MM-HH:MM Area/City`; throws an error that says what was expected. */
export function parseBackupWindow(text: string): BackupWindow {
  const [, fromHour, fromMinute, toHour, toMinute, timeZone] = FORM.exec(text) ?? [];
  if (timeZone === undefined || !isTimeZone(timeZone)) {
    throw new Error('expected hours and a time zone such as 22:00-06:00 Europe/London');
  }
  const from = minuteOf(`${fromHour}:${fromMinute}`);
  const to = minuteOf(`${toHour}:${toMinute}`);
  if (from === to)
    throw new Error('expected a window that ends at another time than it starts; leave it unset for none');
  return new BackupWindow(from, to, timeZone);
}

/** Minutes since midnight of `HH:MM`. */
function minuteOf(time: string): number {
  return Number(time.slice(0, 2)) * 60 + Number(time.slice(3, 5));
}
