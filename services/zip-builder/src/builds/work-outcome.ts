import { AppError, type WaitReason } from '@account-backups/contracts';
import { isPartAway } from '@account-backups/service-kit';

/** What becomes of work that failed. */
type WorkOutcome =
  /** Another builder has taken over, or the backup has ended: nothing to do. */
  | 'gone'
  /** Something it needs is away: try again, without a limit. */
  | 'wait'
  /** Try again, up to `MAX_ATTEMPTS` times. */
  | 'retry';

/** Sorts the error that ended a piece of work. */
export function outcomeOf(error: unknown): WorkOutcome {
  if (AppError.is(error, 'LEASE_LOST')) return 'gone';
  if (AppError.is(error, 'OBJECT_CORRUPT', 'ARCHIVE_UNREADABLE')) return 'retry';
  return isPartAway(error) ? 'wait' : 'retry';
}

/** What work with the outcome `wait` waits for. */
export function waitReasonOf(error: unknown): WaitReason {
  return AppError.is(error, 'OBJECT_STORE_UNAVAILABLE') ? 'store' : 'service';
}
