import { AppError } from './app-error.js';

/** How long an answer is held up for what it can do without. */
export const SPARE_TIMEOUT_MS = 1_500;

/** Whether an error says that a part which the work needs is away: what failed may be tried again once it is back. */
export function isAway(error: unknown): error is AppError {
  return AppError.is(error) && error.status === 503;
}

/** What an answer can do without is null while the service that knows it is away; every other error is thrown. */
export function nullIfAway(error: unknown): null {
  if (isAway(error)) return null;
  throw error;
}
