import { decodeCursor, encodeCursor } from '@account-backups/database';
import { z } from 'zod';

const words = z.tuple([z.literal('download'), z.string().regex(/^\d{1,15}$/)]);

/** For a page that ended at this place in the chain. */
export function cursorAt(sequence: number): string {
  return encodeCursor('download', String(sequence));
}

/** Throws `VALIDATION_FAILED` for a cursor that `cursorAt` did not make. */
export function sequenceOf(cursor: string): number {
  const [, sequence] = decodeCursor(cursor, words);
  return Number(sequence);
}
