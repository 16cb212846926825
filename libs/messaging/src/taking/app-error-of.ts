import { AppError, isErrorCode } from '@account-backups/contracts';

/** Our error again, where Nest passes one on as a plain object; anything else as it is. */
export function appErrorOf(error: unknown): unknown {
  if (error instanceof AppError || typeof error !== 'object' || error === null) return error;
  return 'code' in error && isErrorCode(error.code) ? AppError.fromBody(error) : error;
}
