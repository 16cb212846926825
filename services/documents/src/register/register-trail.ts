// What the trail says of the register: counts alone. SQL within the transactions of changes.
import type { CalledBy, Payload } from '@account-backups/contracts';
import { changedRows, isNextUnlocked } from '@account-backups/database';
import { byProgram, type Happening, type Note } from '@account-backups/service-kit';
import type { EntityManager } from 'typeorm';
import type { OpenCallEntity } from '../rows/open-call.entity.js';

/** No message of a call takes so long to come; one that did not end by then was broken off. */
const SILENT_MINUTES = 5;

/** Whose register changes, in which turn and when. */
interface Change {
  readonly accountId: string;
  readonly turn: number;
  readonly at: Date;
}

export type Registration = Change & Pick<Payload<'documents.upsert'>, 'call'>;
export type Deletion = Change & Pick<Payload<'documents.delete'>, 'calledBy'>;

/** A transaction that tells. */
interface Teller {
  readonly manager: EntityManager;
  readonly note: Note;
}

/** Counts what a message changed, and tells of its call with the last one. The same message again changes nothing. */
export async function tellChanged(
  { manager, note }: Teller,
  { accountId, at, call }: Registration,
  changed: number,
): Promise<void> {
  if (call && !call.isLast) {
    await manager.query(COUNT, [call.firstTurn, accountId, changed, JSON.stringify(call.calledBy), at]);
    return;
  }
  // Gateways of earlier releases do not say what a message is of.
  const [before] = call ? await changedRows<Pick<OpenCallEntity, 'changed'>>(manager, CLOSE, [call.firstTurn]) : [];
  const all = changed + (before?.changed ?? 0);
  if (all > 0) note(happened({ accountId, at, calledBy: call?.calledBy }, 'documents.changed', { changed: all }));
}

export function tellDeleted(note: Note, deletion: Deletion, deleted: number): void {
  if (deleted > 0) note(happened(deletion, 'documents.deleted', { deleted }));
}

/** Tells of up to `limit` calls that were broken off, and gives how many. */
export async function tellBrokenOff({ manager, note }: Teller, now: Date, limit: number): Promise<number> {
  const calls = await changedRows<BrokenOff>(manager, CLOSE_BROKEN_OFF, [now, limit]);
  for (const { changed, ...call } of calls) {
    if (changed > 0) note(happened(call, 'documents.changed', { changed }));
  }
  return calls.length;
}

type BrokenOff = Pick<OpenCallEntity, 'accountId' | 'changed' | 'calledBy'> & { readonly at: Date };

function happened(
  { accountId, at, calledBy }: Pick<Change, 'accountId' | 'at'> & { readonly calledBy?: CalledBy | undefined },
  action: string,
  details: Happening['details'],
): Happening {
  return { chainId: accountId, at, by: byProgram(calledBy), subject: `account/${accountId}`, action, details };
}

const CLOSE = 'DELETE FROM documents.open_calls WHERE first_turn = $1 RETURNING changed';

const COUNT = `
  INSERT INTO documents.open_calls AS open (first_turn, account_id, changed, called_by, heard_at)
  VALUES ($1, $2, $3, $4, $5)
  ON CONFLICT (first_turn) DO UPDATE SET changed = open.changed + excluded.changed, heard_at = excluded.heard_at`;

const CLOSE_BROKEN_OFF = `
  DELETE FROM documents.open_calls WHERE ${isNextUnlocked({
    table: 'documents.open_calls',
    key: 'first_turn',
    where: `heard_at < $1::timestamptz - interval '${SILENT_MINUTES} minutes'`,
    orderBy: 'heard_at',
    limit: '$2',
  })}
  RETURNING account_id AS "accountId", changed, called_by AS "calledBy", heard_at AS at`;
