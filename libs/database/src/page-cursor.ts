import { AppError } from '@account-backups/contracts';
import type { z } from 'zod';

/** A cursor as callers carry it, opaque to them: the words that say where a page ended. No word has a space. */
export function encodeCursor(...words: readonly string[]): string {
  return Buffer.from(words.join(' ')).toString('base64url');
}

/** The words of a cursor, read by a schema of them all; throws `VALIDATION_FAILED` when they do not fit it. */
export function decodeCursor<T>(cursor: string, words: z.ZodType<T>): T {
  const read = words.safeParse(Buffer.from(cursor, 'base64url').toString().split(' '));
  if (read.success) return read.data;
  const message = 'expected one that an earlier page gave as nextCursor';
  throw new AppError('VALIDATION_FAILED', `cursor: ${message}`, { errors: [{ path: 'cursor', message }] });
}
