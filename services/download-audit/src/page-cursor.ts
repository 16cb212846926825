import { AppError } from '@account-backups/contracts';

/** The place in the chain after which a page goes on, as callers carry it: opaque, without meaning to them. */
export function encodeCursor(sequence: number): string {
  return Buffer.from(`download ${sequence}`).toString('base64url');
}

/** Reads a cursor that `encodeCursor` made; throws `VALIDATION_FAILED` for anything else. */
export function decodeCursor(cursor: string): number {
  const [, digits] = /^download (\d{1,15})$/.exec(Buffer.from(cursor, 'base64url').toString('latin1')) ?? [];
  if (digits !== undefined) return Number(digits);
  throw new AppError('VALIDATION_FAILED', 'cursor: expected one that an earlier page gave', {
    errors: [{ path: 'cursor', message: 'expected one that an earlier page gave' }],
  });
}
