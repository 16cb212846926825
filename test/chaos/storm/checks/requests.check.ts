// Every accepted request has its one row; a request whose fate is unknown has one or none; nobody else has any.
import type { BackupRow, Check } from '../evidence.js';
import type { Finding } from '../finding.js';
import { backupIdsOf, type RequestEntry } from '../journal.js';
import { ADMIN, EDITORS_UNITS, ORG_UNITS } from '../world.js';

export const checkRequests: Check = ({ journal, backups }) => {
  const rows = new Map(backups.map((row) => [row.backupId, row]));
  const findings = journal.requests.flatMap((entry) => answered(entry, rows));
  const asked = new Set(journal.requests.flatMap(backupIdsOf));
  const others = backups.filter(({ backupId }) => !asked.has(backupId));
  return [
    ...findings,
    ...twiceAnswered(journal.requests),
    ...twiceKeyed(backups),
    ...unasked(others, journal.requests),
  ];
};

function answered(entry: RequestEntry, rows: ReadonlyMap<string, BackupRow>): readonly Finding[] {
  const ids = backupIdsOf(entry);
  if (ids.length > 1) return [finding('request-doubled', 'one key was answered with several backups', ids, 1)];
  const [backupId] = ids;
  if (backupId === undefined) return [];
  const row = rows.get(backupId);
  if (!row) return [finding('request-lost', `backup ${backupId}`, 'no row', 'one row')];
  const found = summaryOf(row);
  const expected = { ...wantedOf(entry), userId: entry.userId, accountId: entry.accountId, key: entry.key ?? row.key };
  if (JSON.stringify(found) === JSON.stringify(summary(expected))) return [];
  return [finding('request-altered', `backup ${backupId}`, found, summary(expected))];
}

function twiceAnswered(requests: readonly RequestEntry[]): readonly Finding[] {
  const by = new Map<string, number>();
  for (const backupId of requests.flatMap(backupIdsOf)) by.set(backupId, (by.get(backupId) ?? 0) + 1);
  const several = [...by].filter(([, count]) => count > 1);
  return several.map(([id, count]) => finding('request-shared', `backup ${id} answers several requests`, count, 1));
}

function twiceKeyed(backups: readonly BackupRow[]): readonly Finding[] {
  const by = new Map<string, string[]>();
  for (const { accountId, userId, key, backupId } of backups) {
    if (key === null) continue;
    const name = `${accountId} ${userId} ${key}`;
    by.set(name, [...(by.get(name) ?? []), backupId]);
  }
  const doubled = [...by].filter(([, ids]) => ids.length > 1);
  return doubled.map(([name, ids]) => finding('key-doubled', name, ids, 'one row'));
}

/** Rows that no answer named must be those of requests whose fate is unknown, each at most once. */
function unasked(rows: readonly BackupRow[], requests: readonly RequestEntry[]): readonly Finding[] {
  const open = requests.filter((entry) => backupIdsOf(entry).length === 0 && mayHaveHappened(entry));
  const left = [...open];
  return rows.flatMap((row) => {
    const at = left.findIndex((entry) => fits(row, entry));
    if (at >= 0) left.splice(at, 1);
    return at >= 0 ? [] : [finding('backup-unasked', `backup ${row.backupId}`, summaryOf(row), 'no such row')];
  });
}

function mayHaveHappened({ attempts }: RequestEntry): boolean {
  return attempts.some(({ effect }) => effect === 'unknown');
}

function fits(row: BackupRow, entry: RequestEntry): boolean {
  if (entry.key !== null && entry.key !== row.key) return false;
  const expected = { ...wantedOf(entry), userId: entry.userId, accountId: entry.accountId, key: row.key };
  return JSON.stringify(summaryOf(row)) === JSON.stringify(summary(expected));
}

type Summary = Pick<
  BackupRow,
  | 'accountId'
  | 'userId'
  | 'key'
  | 'orgUnitIds'
  | 'allOrgUnits'
  | 'includeActive'
  | 'includeInactive'
  | 'excludeSuperseded'
  | 'passwordProtected'
>;

function wantedOf({ userId, body }: RequestEntry): Omit<Summary, 'accountId' | 'userId' | 'key'> {
  const orgUnitIds = body.orgUnitIds ?? (userId === ADMIN ? ORG_UNITS : EDITORS_UNITS);
  return {
    orgUnitIds,
    allOrgUnits: orgUnitIds.length === ORG_UNITS.length,
    includeActive: body.includeActive,
    includeInactive: body.includeInactive,
    excludeSuperseded: body.excludeSuperseded,
    passwordProtected: body.password !== undefined,
  };
}

function summaryOf(row: BackupRow): Summary {
  return summary(row);
}

/** The same fields in the same order, so that they can be compared as text. */
function summary(from: Summary): Summary {
  return {
    accountId: from.accountId,
    userId: from.userId,
    key: from.key,
    orgUnitIds: [...from.orgUnitIds].toSorted(),
    allOrgUnits: from.allOrgUnits,
    includeActive: from.includeActive,
    includeInactive: from.includeInactive,
    excludeSuperseded: from.excludeSuperseded,
    passwordProtected: from.passwordProtected,
  };
}

function finding(kind: string, where: string, found: unknown, expected: unknown): Finding {
  return { kind, what: 'requests for backups', where, expected, found };
}
