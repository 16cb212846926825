import { csvRow } from '@account-backups/bag';
import type { TrailEntry } from '@account-backups/contracts';

const NAMES = [
  'sequence',
  'at',
  'actorKind',
  'actorId',
  'actorName',
  'action',
  'subject',
  'outcome',
  'ipAddress',
  'userAgent',
  'details',
];

/** The names of the columns. */
export const CSV_HEAD = csvRow(NAMES);

/** A record as a line of RFC 4180; `details` is JSON. */
export function csvOfEntry(entry: TrailEntry): string {
  const { sequence, at, actor, action, subject, outcome, ipAddress, userAgent, details } = entry;
  const who = [actor.kind, actor.id, actor.name];
  return csvRow([sequence, at, ...who, action, subject, outcome, ipAddress, userAgent, JSON.stringify(details)]);
}
