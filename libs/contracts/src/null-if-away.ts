import { AppError } from './app-error.js';

/** How long an answer is held up for what it can do without. */
export const SPARE_TIMEOUT_MS = 1_500;

/** What an answer can do without is null while the service that knows it is away; every other error is thrown. */
export function nullIfAway(error: unknown): null {
  if (AppError.is(error) && error.status === 503) return null;
  throw error;
}
