import { CronExpressionParser } from 'cron-parser';

/** The instants of a cron expression. */
export interface ScanCron {
  /** The first one after `instant`. */
  next(instant: Date): Date;
  /** The last one not after `instant`. */
  latest(instant: Date): Date;
}

/** Reads five fields, or six with seconds first; throws an error that says what is wrong. */
export function parseScanCron(expression: string, timeZone: string): ScanCron {
  const fields = expression.trim().split(/\s+/);
  if (fields.length !== 5 && fields.length !== 6) throw new Error('expected five fields such as */15 * * * *');
  // "H" stands for a random value: each replica would draw its own
  if (fields.some((field) => field.includes('H'))) throw new Error('expected fields without H');
  const cron = CronExpressionParser.parse(fields.join(' '), { tz: timeZone });
  return {
    next: (instant) => {
      cron.reset(instant);
      return cron.next().toDate();
    },
    latest: (instant) => {
      cron.reset(new Date(instant.getTime() + 1));
      return cron.prev().toDate();
    },
  };
}
