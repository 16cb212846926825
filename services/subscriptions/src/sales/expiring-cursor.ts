import { hostId } from '@account-backups/contracts';
import { decodeCursor, encodeCursor } from '@account-backups/database';
import { z } from 'zod';
import { termDay } from './bodies.js';

interface Place {
  readonly endsOn: string;
  readonly accountId: string;
}

const words = z.tuple([termDay, hostId]);

/** Where a page ended, opaque to the caller. */
export function cursorOf({ endsOn, accountId }: Place): string {
  return encodeCursor(endsOn, accountId);
}

/** Throws `VALIDATION_FAILED` for anything that `cursorOf` did not make. */
export function readCursor(cursor: string): Place {
  const [endsOn, accountId] = decodeCursor(cursor, words);
  return { endsOn, accountId };
}
