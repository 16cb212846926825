import { isTimeZone } from '@account-backups/contracts';
import { databaseSettings, serviceSettings } from '@account-backups/service-kit';
import { z } from 'zod';
import { parseBackupWindow } from './backup-window.js';
import { parseScanCron } from './scan-cron.js';

/** A check that reports the error of a parser. */
function parsedBy(parser: (text: string) => unknown) {
  return (text: string, context: z.core.$RefinementCtx<string>): void => {
    try {
      parser(text);
    } catch (error) {
      context.addIssue({ code: 'custom', message: error instanceof Error ? error.message : String(error) });
    }
  };
}

export const settings = {
  ...serviceSettings,
  ...databaseSettings,
  /** When scans happen: minute hour day month weekday, optionally seconds before them. */
  SCAN_CRON: z
    .string()
    .superRefine(parsedBy((text) => parseScanCron(text, 'UTC')))
    .default('*/15 * * * *'),
  SCAN_TIME_ZONE: z.string().refine(isTimeZone, 'expected a time zone such as Europe/London').default('UTC'),
  /** No scan happens by itself outside these hours, such as `22:00-06:00 Europe/London`. */
  BACKUP_WINDOW: z.string().superRefine(parsedBy(parseBackupWindow)).optional(),
  SWEEP_SECONDS: z.coerce.number().int().min(1).max(3_600).default(5),
};

export type SchedulerConfig = z.output<z.ZodObject<typeof settings>>;
