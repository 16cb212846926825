// Each move of each backup is in the chain of its account, once, in its order, and no other one is.
import type { AuditLink } from '../audit-links.js';
import { grouped, type Evidence } from '../evidence.js';
import type { Finding } from '../finding.js';

/** What has happened to a backup that has this status. */
const MOVES: Readonly<Record<string, readonly string[]>> = {
  pending: ['backup.requested'],
  in_progress: ['backup.requested'],
  cancelled: ['backup.requested', 'backup.cancelled'],
  failed: ['backup.requested', 'backup.failed'],
  completed: ['backup.requested', 'backup.completed'],
  expired: ['backup.requested', 'backup.completed', 'backup.expired'],
};

export function trailFaults({ backups }: Evidence, links: readonly AuditLink[]): readonly Finding[] {
  const told = grouped(links.filter(isMove), whose);
  const made = new Map(backups.map((row) => [`backup/${row.backupId} of ${row.accountId}`, MOVES[row.status] ?? []]));
  return [...new Set([...made.keys(), ...told.keys()])].flatMap((where) => {
    const expected = (made.get(where) ?? []).join(', ');
    const found = (told.get(where) ?? []).map(({ payload }) => String(payload['action'])).join(', ');
    return found === expected ? [] : [{ kind: 'trail-differs', what: 'the audit', where, expected, found }];
  });
}

function isMove({ kind, payload }: AuditLink): boolean {
  return kind === 'recorded' && String(payload['action']).startsWith('backup.');
}

function whose({ payload, accountId }: AuditLink): string {
  return `${String(payload['subject'])} of ${accountId}`;
}
