import { AppError } from '@account-backups/contracts';
import type { BackupWindow } from './backup-window.js';
import type { ScanCron } from './scan-cron.js';

// more than a year of nights
const MAX_OPENINGS = 400;

/** When scans happen by themselves: at the instants of the cron expression, within the window if there is one. */
export class ScanTimes {
  constructor(
    private readonly cron: ScanCron,
    private readonly window: BackupWindow | null,
  ) {}

  /** Throws `CONFIGURATION_INVALID` when no instant lies in the window. */
  next(after: Date): Date {
    let at = this.cron.next(after);
    for (let openings = 0; openings < MAX_OPENINGS; openings++) {
      if (!this.window || this.window.includes(at)) return at;
      at = this.cron.next(new Date(this.window.nextOpening(at).getTime() - 1));
    }
    throw new AppError('CONFIGURATION_INVALID', 'SCAN_CRON: no scan falls into BACKUP_WINDOW, expected some');
  }

  /** The scan that is due or overdue now; null outside the window. It makes up for earlier ones that were missed. */
  due(now: Date): Date | null {
    const at = this.cron.latest(now);
    if (!this.window) return at;
    return this.window.includes(at) && this.window.includes(now) ? at : null;
  }
}
