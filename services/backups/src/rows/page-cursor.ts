import { ownId } from '@account-backups/contracts';
import { decodeCursor, encodeCursor } from '@account-backups/database';
import { z } from 'zod';

/** The last row of a page: the next page starts after it. */
export interface PageEnd {
  readonly createdAt: Date;
  readonly backupId: string;
}

const words = z.tuple([z.iso.datetime({ precision: 3 }), ownId]);

export function cursorAt({ createdAt, backupId }: PageEnd): string {
  return encodeCursor(createdAt.toISOString(), backupId);
}

/** Throws `VALIDATION_FAILED` for a cursor that `cursorAt` did not make. */
export function pageEndOf(cursor: string): PageEnd {
  const [createdAt, backupId] = decodeCursor(cursor, words);
  return { createdAt: new Date(createdAt), backupId };
}

const places = z.tuple([z.string().regex(/^[0-9]{1,6}$/)]);

/** The cursor of a page of a list that never changes, from this place on. */
export function cursorTo(place: number): string {
  return encodeCursor(String(place));
}

/** Throws `VALIDATION_FAILED` for a cursor that `cursorTo` did not make. */
export function placeOf(cursor: string): number {
  return Number(decodeCursor(cursor, places)[0]);
}
