import { hostId, type UnfiledDocument } from '@account-backups/contracts';
import { decodeCursor, encodeCursor } from '@account-backups/database';
import { z } from 'zod';

/** How far the documents were looked through: by the first OU that they name, then by their id. */
export interface UnfiledPlace {
  readonly orgUnitId: string;
  readonly documentId: string;
}

/** Where nothing was looked at. */
const START: UnfiledPlace = { orgUnitId: '', documentId: '' };

// Behind every id, as Postgres orders them.
const BEHIND_ALL = '~';
const words = z.tuple([hostId, hostId.or(z.literal(BEHIND_ALL))]);

/** Throws `VALIDATION_FAILED` for a cursor that `unfiledPage` did not make. */
export function placeOf(cursor: string | null): UnfiledPlace {
  if (cursor === null) return START;
  const [orgUnitId, documentId] = decodeCursor(cursor, words);
  return { orgUnitId, documentId };
}

interface Looked {
  readonly known: ReadonlySet<string>;
  /** Documents whose first OU is not known, in order. */
  readonly found: readonly UnfiledDocument[];
  readonly limit: number;
  /** The last OU that was looked at, when others follow. */
  readonly lastOrgUnitId: string | null;
}

/** The documents of a page that lie in no known OU, and where the next page begins. */
export function unfiledPage({ known, found, limit, lastOrgUnitId }: Looked) {
  const looked = found.slice(0, limit);
  const last = looked.at(-1);
  const items = looked.filter(({ orgUnitIds }) => !orgUnitIds.some((id) => known.has(id)));
  if (found.length > limit && last)
    return { items, nextCursor: encodeCursor(last.orgUnitIds[0] ?? '', last.documentId) };
  return { items, nextCursor: lastOrgUnitId === null ? null : encodeCursor(lastOrgUnitId, BEHIND_ALL) };
}
