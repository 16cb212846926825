import { AppError } from '@account-backups/contracts';

/** The last row of a page: the next page starts after it. */
export interface PageCursor {
  readonly createdAt: Date;
  readonly backupId: string;
}

/** A cursor as callers carry it: opaque, without meaning to them. */
export function encodeCursor({ createdAt, backupId }: PageCursor): string {
  return Buffer.from(`${createdAt.toISOString()} ${backupId}`).toString('base64url');
}

/** Reads a cursor that `encodeCursor` made; throws `VALIDATION_FAILED` for anything else. */
export function decodeCursor(cursor: string): PageCursor {
  const text = Buffer.from(cursor, 'base64url').toString('latin1');
  const found = /^(\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3}Z) ([0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12})$/.exec(text);
  const createdAt = new Date(found?.[1] ?? Number.NaN);
  if (found?.[2] === undefined || Number.isNaN(createdAt.getTime())) {
    throw new AppError('VALIDATION_FAILED', 'cursor: expected one that an earlier page gave', {
      errors: [{ path: 'cursor', message: 'expected one that an earlier page gave' }],
    });
  }
  return { createdAt, backupId: found[2] };
}
