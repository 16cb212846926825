import { parseBackupWindow } from './backup-window.js';
import type { SchedulerConfig } from './config.js';
import { parseScanCron } from './scan-cron.js';
import { ScanTimes } from './scan-times.js';

type ScheduleSettings = Pick<SchedulerConfig, 'SCAN_CRON' | 'SCAN_TIME_ZONE' | 'BACKUP_WINDOW' | 'SWEEP_SECONDS'>;

/** When something is due, as configured. Throws `CONFIGURATION_INVALID` when no scan would ever be due. */
export class Schedule {
  readonly scans: ScanTimes;
  private readonly sweepMs: number;

  constructor(settings: ScheduleSettings, now: Date) {
    const window = settings.BACKUP_WINDOW === undefined ? null : parseBackupWindow(settings.BACKUP_WINDOW);
    this.scans = new ScanTimes(parseScanCron(settings.SCAN_CRON, settings.SCAN_TIME_ZONE), window);
    this.sweepMs = settings.SWEEP_SECONDS * 1_000;
    this.scans.next(now);
  }

  /** Sweeps lie on whole multiples of the interval, so that all replicas agree on them. */
  dueSweep(now: Date): Date {
    return new Date(Math.floor(now.getTime() / this.sweepMs) * this.sweepMs);
  }

  /** When to look again. */
  nextBeat(now: Date): Date {
    return new Date(Math.min(this.dueSweep(now).getTime() + this.sweepMs, this.scans.next(now).getTime()));
  }
}
