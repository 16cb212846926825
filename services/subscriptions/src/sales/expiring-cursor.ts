import { AppError, hostId } from '@account-backups/contracts';
import { termDay } from './bodies.js';

interface Place {
  readonly endsOn: string;
  readonly accountId: string;
}

/** Where a page ended, opaque to the caller. */
export function cursorOf({ endsOn, accountId }: Place): string {
  return Buffer.from(`${endsOn} ${accountId}`).toString('base64url');
}

/** Throws `VALIDATION_FAILED` for anything that `cursorOf` did not make. */
export function readCursor(cursor: string): Place {
  const [endsOn, accountId, ...rest] = Buffer.from(cursor, 'base64url').toString().split(' ');
  if (rest.length === 0 && termDay.safeParse(endsOn).success && hostId.safeParse(accountId).success) {
    return { endsOn: String(endsOn), accountId: String(accountId) };
  }
  const message = 'expected the nextCursor of an earlier answer';
  throw new AppError('VALIDATION_FAILED', `cursor: ${message}`, { errors: [{ path: 'cursor', message }] });
}
