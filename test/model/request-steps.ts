import type { BackupView } from '@account-backups/contracts';
import fc from 'fast-check';
import { eventually } from '../support/eventually.js';
import { referenceAccess } from '../integration/permissions/reference-access.js';
import {
  documentsIn,
  judge,
  judgeScope,
  sees,
  start,
  type Asked,
  type KnownAccount,
  type KnownBackup,
  type Scope,
} from './account-rules.js';
import {
  asked,
  expectRefusal,
  pick,
  step,
  user,
  which,
  type Act,
  type Problem,
  type RealAccount,
} from './walk-step.js';

export type Wish = Omit<Request, 'key'>;

export interface Request {
  readonly user: string;
  readonly asked: Asked;
  readonly key: string | null;
}

const key = fc.option(fc.constantFrom('k1', 'k2', 'k3'), { nil: null, freq: 2 });

export const requestSteps = [
  fc.record({ user, asked, key }).map((request) => step(`request ${requestText(request)}`, requesting(request))),
  which.map((at) => step(`repeat ${at}`, repeating(at))),
  fc.record({ user, asked }).map((request) => step(`estimate ${requestText(request)}`, estimating(request))),
  fc.record({ user, which }).map((one) => step(`cancel ${JSON.stringify(one)}`, cancelling(one))),
  fc.constant(step('scan', scanning)),
];

/** Such as `p1: f0 u3 active, k2`. */
export function requestText({ user: userId, asked: wish, key: name }: Wish & { readonly key?: string | null }): string {
  const { facilityIds, orgUnitIds, includeActive, includeInactive } = wish;
  const chosen = [
    ...facilityIds,
    ...orgUnitIds,
    ...(includeActive ? ['active'] : []),
    ...(includeInactive ? ['inactive'] : []),
  ];
  return `${userId}: ${chosen.join(' ')}${name ? `, ${name}` : ''}`;
}

export function requesting({ user: userId, asked: wish, key: name }: Request): Act {
  return async (known, real) => {
    const person = await real.person(userId);
    const headers: Record<string, string> = name === null ? {} : { 'idempotency-key': name };
    const answer = await person.post<BackupView & { code?: string }>('/api/v1/backups', wish, headers);
    const used = known.keys.find((use) => use.userId === userId && use.key === name);
    if (used) return expectReplay(answer, known, { used, asked: wish });
    const verdict = judge(known, userId, wish);
    if ('refusal' in verdict) return expectRefusal(answer, verdict.refusal);
    expect(answer.status).toBe(201);
    const backup = expectNew(answer.body, { user: userId, asked: wish }, verdict.scope);
    known.backups.push(backup);
    if (name !== null) known.keys.push({ userId, key: name, asked: wish, backup });
  };
}

/** What the rules know of a backup that was just requested. */
export function expectNew(made: BackupView, { user: userId, asked: wish }: Wish, scope: Scope) {
  const { orgUnitIds, allOrgUnits } = scope;
  expect(made.orgUnits.map(({ orgUnitId }) => orgUnitId).sort()).toEqual([...orgUnitIds].sort());
  expect(made).toMatchObject({ status: 'pending', allOrgUnits, createdBy: { userId } });
  const { backupId } = made;
  const backup: KnownBackup = {
    backupId,
    requesterId: userId,
    ...scope,
    asked: wish,
    takers: new Set(),
    status: 'pending',
    unfiledCount: 0,
  };
  return backup;
}

/** Chance alone would hardly ever make the same request again. */
function repeating(at: number): Act {
  return async (known, real) => {
    const use = pick(known.keys, at);
    if (use) await requesting({ user: use.userId, asked: use.asked, key: use.key })(known, real);
  };
}

interface Replay {
  readonly used: KnownAccount['keys'][number];
  readonly asked: Asked;
}

/** A key stands for one request; what is invisible stays invisible, whoever made it. */
function expectReplay(answer: Problem, known: KnownAccount, { used, asked: again }: Replay): void {
  if (referenceAccess(known.directory, used.userId) === null) return expectRefusal(answer, 'NOT_FOUND');
  if (fingerprint(used.asked) !== fingerprint(again)) return expectRefusal(answer, 'IDEMPOTENCY_KEY_REUSED');
  if (!sees(known, used.userId, used.backup)) return expectRefusal(answer, 'NOT_FOUND');
  expect(answer).toMatchObject({ status: 201, body: { backupId: used.backup.backupId, status: used.backup.status } });
}

function fingerprint({ facilityIds, orgUnitIds, includeActive, includeInactive }: Asked): string {
  return JSON.stringify([facilityIds.toSorted(), orgUnitIds.toSorted(), includeActive, includeInactive]);
}

function estimating({ user: userId, asked: wish }: Wish): Act {
  return async (known, real) => {
    const answer = await (await real.person(userId)).post<{ code?: string }>('/api/v1/backups/estimate', wish);
    const verdict = judgeScope(known, userId, wish);
    if ('refusal' in verdict) return expectRefusal(answer, verdict.refusal);
    const documentCount = documentsIn(verdict.scope.orgUnitIds, wish);
    expect(answer).toMatchObject({ status: 200, body: { documentCount, fileCount: 0, sizeBytes: 0 } });
  };
}

function cancelling({ user: userId, which: at }: { readonly user: string; readonly which: number }): Act {
  return async (known, real) => {
    const backup = pick(known.backups, at);
    if (!backup) return;
    const answer: Problem = await (await real.person(userId)).post(`/api/v1/backups/${backup.backupId}/cancel`);
    if (!sees(known, userId, backup)) return expectRefusal(answer, 'NOT_FOUND');
    if (backup.status !== 'pending') return expectRefusal(answer, 'BACKUP_NOT_PENDING');
    expect(answer).toMatchObject({ status: 200, body: { status: 'cancelled' } });
    backup.status = 'cancelled';
    await expectTold(real, backup);
  };
}

/** The watcher may see everything and hears about it. */
export async function expectTold({ ears }: RealAccount, { backupId, status }: KnownBackup): Promise<void> {
  const text = `"backupId":"${backupId}","status":"${status}"`;
  await eventually(() => expect(ears.some((ear) => ear.has(text))).toBe(true));
}

export async function scanning(known: KnownAccount, real: RealAccount): Promise<void> {
  const pending = known.backups.filter(({ status }) => status === 'pending');
  if (pending.length === 0) return;
  await real.scan();
  for (const backup of pending) await expectBuilt(known, real, backup);
}

export async function expectBuilt(known: KnownAccount, real: RealAccount, backup: KnownBackup): Promise<void> {
  start(known, backup);
  const watcher = await real.person('watcher');
  const documentCount = documentsIn(backup.orgUnitIds, backup.asked);
  await eventually(async () => {
    const { body } = await watcher.get<BackupView>(`/api/v1/backups/${backup.backupId}`);
    const counts = { documentCount, exceptionCount: backup.unfiledCount };
    expect(body).toMatchObject({ status: backup.status, ...(backup.status === 'completed' && counts) });
  });
}
