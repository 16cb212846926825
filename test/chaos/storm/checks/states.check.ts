// Every backup ended in one legal state, for a reason that the journal knows, and never went back.
import type { BackupRow, Check, Evidence } from '../evidence.js';
import type { Finding } from '../finding.js';
import type { BackupDeed, RightsDeed, Sighting } from '../journal.js';
import { EDITOR } from '../world.js';

const NEXT: Readonly<Record<string, readonly string[]>> = {
  pending: ['pending', 'in_progress', 'completed', 'expired', 'cancelled', 'failed'],
  in_progress: ['in_progress', 'completed', 'expired', 'failed'],
  completed: ['completed', 'expired'],
  expired: ['expired'],
  cancelled: ['cancelled'],
  failed: ['failed'],
};
const FINAL = ['completed', 'expired', 'cancelled', 'failed'];

export const checkStates: Check = (evidence) => evidence.backups.flatMap((row) => stateFaults(row, evidence));

function stateFaults(row: BackupRow, { journal }: Evidence): readonly Finding[] {
  const { backupId, accountId, status, archiveSha256 } = row;
  const where = `backup ${backupId} of ${accountId}`;
  const fault = (kind: string, expected: unknown, found: unknown): Finding[] => [
    { kind, what: 'states of backups', where, expected, found },
  ];
  const seen = journal.sightings.get(backupId) ?? [];
  const own = (deeds: readonly BackupDeed[]) => deeds.filter((deed) => deed.backupId === backupId);
  return [
    ...(FINAL.includes(status) ? [] : fault('not-final', FINAL, status)),
    ...(row.hasPassword && FINAL.includes(status) ? fault('password-kept', 'no sealed password', status) : []),
    ...endFaults(row, own(journal.cancels), fault),
    ...expiryFaults(row, own(journal.expiries), fault),
    ...rightsFaults(row, journal.rightsOf(accountId), fault),
    ...stepsBack([...seen, { status, sha256: archiveSha256, sentAt: Infinity, doneAt: Infinity }], fault),
  ];
}

type Fault = (kind: string, expected: unknown, found: unknown) => Finding[];

function endFaults(row: BackupRow, cancels: readonly BackupDeed[], fault: Fault): readonly Finding[] {
  const { status, failureCode } = row;
  if (status === 'cancelled' && !cancels.some(mayHaveHappened)) return fault('cancelled-unasked', 'no cancel', status);
  if (status !== 'cancelled' && cancels.some(({ effect }) => effect === 'done')) {
    return fault('cancel-lost', 'cancelled', status);
  }
  if (status === 'failed' && failureCode !== 'permission_lost') return fault('failed', 'permission_lost', failureCode);
  return [];
}

function expiryFaults(row: BackupRow, expiries: readonly BackupDeed[], fault: Fault): readonly Finding[] {
  const { status } = row;
  if (status === 'expired' && !expiries.some(mayHaveHappened)) return fault('expired-early', 'completed', status);
  if (status !== 'expired' && expiries.some(({ effect }) => effect === 'done')) {
    return fault('expiry-lost', 'expired', status);
  }
  return [];
}

/** A backup fails for rights that were taken at some time between its request and its end. */
function rightsFaults(row: BackupRow, deeds: readonly RightsDeed[], fault: Fault): readonly Finding[] {
  if (row.completedAt && row.userId === EDITOR && wereSurelyTaken(deeds, row)) {
    return fault('built-without-rights', 'failed', { openedAt: row.openedAt, completedAt: row.completedAt, deeds });
  }
  if (row.status !== 'failed' || row.failureCode !== 'permission_lost') return [];
  const from = row.createdAt.getTime();
  const to = row.drivenAt?.getTime() ?? Infinity;
  const taken = deeds.some(
    (deed, at) => !deed.granted && deed.effect !== 'refused' && deed.sentAt <= to && lasts(deeds, at, from),
  );
  if (row.userId === EDITOR && taken) return [];
  return fault('rights-not-taken', 'a person whose rights were taken', { userId: row.userId, from, to, deeds });
}

/** Whether the rights were away from the beginning of the build, before they are asked for, to its end. */
function wereSurelyTaken(deeds: readonly RightsDeed[], { openedAt, completedAt }: BackupRow): boolean {
  const [from, to] = [openedAt?.getTime() ?? Infinity, completedAt?.getTime() ?? Infinity];
  const mayBeGivenBack = (after: number) =>
    deeds.slice(after + 1).some(({ granted, effect, sentAt }) => granted && effect !== 'refused' && sentAt <= to);
  return deeds.some(
    ({ granted, effect, doneAt }, at) => !granted && effect === 'done' && doneAt <= from && !mayBeGivenBack(at),
  );
}

/** Whether what was done at that place may have held until after `from`. */
function lasts(deeds: readonly RightsDeed[], at: number, from: number): boolean {
  const undone = deeds.slice(at + 1).find(({ granted, effect }) => granted && effect === 'done');
  const isCertain = deeds[at]?.effect === 'done';
  return undone === undefined || !isCertain || undone.doneAt >= from;
}

/** Looks that do not overlap show a life that only goes on, and one archive. */
function stepsBack(seen: readonly Sighting[], fault: Fault): readonly Finding[] {
  const inOrder = seen.toSorted((a, b) => a.doneAt - b.doneAt);
  return inOrder.flatMap((earlier, at) => {
    const later = inOrder.slice(at + 1).find(({ sentAt }) => sentAt > earlier.doneAt);
    if (!later) return [];
    const isLegal = NEXT[earlier.status]?.includes(later.status) ?? false;
    if (!isLegal) return fault('went-back', NEXT[earlier.status], [earlier, later]);
    const isSame = earlier.sha256 === null || earlier.sha256 === later.sha256;
    return isSame ? [] : fault('archive-replaced', earlier.sha256, later.sha256);
  });
}

function mayHaveHappened({ effect }: BackupDeed): boolean {
  return effect !== 'refused';
}
