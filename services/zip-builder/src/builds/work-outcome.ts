import { AppError } from '@account-backups/contracts';

/** What becomes of work that failed. */
export type WorkOutcome =
  /** Another worker has it, or its backup ended: nothing to do. */
  | 'gone'
  /** A part that it needs is away: try again, however often. */
  | 'wait'
  /** Try again, a bounded number of times. */
  | 'retry';

/** Sorts the error that ended a piece of work. */
export function outcomeOf(error: unknown): WorkOutcome {
  if (AppError.is(error, 'LEASE_LOST')) return 'gone';
  if (AppError.is(error, 'OBJECT_CORRUPT', 'ARCHIVE_UNREADABLE')) return 'retry';
  return AppError.is(error) && error.status === 503 ? 'wait' : 'retry';
}
