import { rowsOf } from '../database.js';
import type { BackupRow } from '../evidence.js';
import type { Journal } from '../journal.js';
import type { PlainStore } from '../plain-store.js';

/** A system that is broken on purpose. */
export interface Victim {
  readonly databaseUrl: string;
  readonly brokerUrl: string;
  readonly store: PlainStore;
  readonly journal: Journal;
  /** Another completed backup at each call. */
  next(): BackupRow;
}

/** Does the damage, and gives a part of what the finding says of where it is. */
export type Harm = (victim: Victim) => Promise<string>;

/** Kind of finding → a damage that must lead to it. */
export type Damages = Readonly<Record<string, Harm>>;

export function sql({ databaseUrl }: Victim, text: string, ...values: readonly unknown[]) {
  return rowsOf(databaseUrl, text, values);
}

/** Changes the row of a completed backup so that no tick takes it up again. */
export async function changed(victim: Victim, change: string): Promise<string> {
  const { backupId } = victim.next();
  await sql(victim, `UPDATE backups.backups SET ${change} WHERE backup_id = $1`, backupId);
  return backupId;
}
