import { AppError, isCallerCode } from '@account-backups/contracts';
import { isPartAway } from './is-part-away.js';

/**
 * What a caller may learn of an error. One of a caller's codes stays as it is. A database or store that is away, a lost
 * broker and a time-out of a call of ours become `UNAVAILABLE`. Anything else becomes `INTERNAL`; its text, which may
 * name an object of the store, is for the log alone.
 */
export function asAppError(error: unknown): AppError {
  if (isPartAway(error)) return unavailable(error);
  if (AppError.is(error) && isCallerCode(error.code)) return error;
  return new AppError('INTERNAL', 'something went wrong here; the log knows more', { cause: error });
}

function unavailable(cause: unknown): AppError {
  if (AppError.is(cause, 'UNAVAILABLE')) return cause;
  return new AppError('UNAVAILABLE', 'a part that this call needs is away; try again in a moment', { cause });
}
