import { AppError } from '@account-backups/contracts';
import { isDatabaseAway } from '@account-backups/database';

/**
 * What a caller may learn of an error: ours as it is; a database that is away as `UNAVAILABLE`; a time-out or a
 * lost broker of our own calls as `UNAVAILABLE` too; anything else as `INTERNAL`, its text kept for the log alone.
 */
export function asAppError(error: unknown): AppError {
  if (error instanceof AppError) return error.status === 503 ? unavailable(error) : error;
  if (isDatabaseAway(error)) return unavailable(error);
  return new AppError('INTERNAL', 'something went wrong here; the log knows more', { cause: error });
}

function unavailable(cause: unknown): AppError {
  if (AppError.is(cause, 'UNAVAILABLE')) return cause;
  return new AppError('UNAVAILABLE', 'a part that this call needs is away; try again in a moment', { cause });
}
