import { ownId } from '@account-backups/contracts';
import { decodeCursor, encodeCursor } from '@account-backups/database';
import { z } from 'zod';

/** The last row of a page: the next page starts after it. */
export interface PageEnd {
  readonly startedAt: Date;
  readonly sessionId: string;
}

const words = z.tuple([z.literal('session'), z.iso.datetime({ precision: 3 }), ownId]);

export function cursorAt({ startedAt, sessionId }: PageEnd): string {
  return encodeCursor('session', startedAt.toISOString(), sessionId);
}

/** Throws `VALIDATION_FAILED` for a cursor that `cursorAt` did not make. */
export function pageEndOf(cursor: string): PageEnd {
  const [, startedAt, sessionId] = decodeCursor(cursor, words);
  return { startedAt: new Date(startedAt), sessionId };
}
