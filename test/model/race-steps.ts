// Steps in which several things happen at the same moment: each answer must be one that some order of them explains.
import type { BackupView } from '@account-backups/contracts';
import fc from 'fast-check';
import type { Answer } from '../support/api-client.js';
import { change, changed, type Change } from './directory-changes.js';
import { put } from './directory-steps.js';
import { expectBuilt, expectNew, expectTold, requestText, type Wish } from './request-steps.js';
import { judge, judgeScope, sees, type KnownAccount, type Verdict } from './account-rules.js';
import { tellingNames } from './sights.js';
import {
  asked,
  expectRefusal,
  pendingOf,
  step,
  user,
  USERS,
  type Act,
  type Problem,
  type RealAccount,
} from './walk-step.js';

type Made = Answer<BackupView & { code?: string }>;

const wish = fc.record({ user, asked });

export const raceSteps = [
  fc
    .array(wish, { minLength: 2, maxLength: 8 })
    .map((wishes) => step(`race of requests (${wishes.map(requestText).join(') (')})`, requestingAtOnce(wishes))),
  wish.map((one) => step(`race of cancels and ${requestText(one)}`, cancellingAtOnce(one))),
  fc.constant(step('race of a scan and a cancel', cancellingAtScan)),
  fc
    .record({ wish, change })
    .map((one) => step(`race of ${JSON.stringify(one.change)} and ${requestText(one.wish)}`, changingMeanwhile(one))),
];

async function request(real: RealAccount, { user: userId, asked: body }: Wish): Promise<Made> {
  return (await real.person(userId)).post('/api/v1/backups', body);
}

/** One of those that the rules allow is granted; whoever comes later meets a pending one. */
function requestingAtOnce(wishes: readonly Wish[]): Act {
  return async (known, real) => {
    const answers = await Promise.all(wishes.map((one) => request(real, one)));
    const verdicts = wishes.map((one) => judge(known, one.user, one.asked));
    const allowed = verdicts.filter((verdict) => 'scope' in verdict);
    expect(answers.filter(({ status }) => status === 201)).toHaveLength(Math.min(1, allowed.length));
    for (const [at, answer] of answers.entries())
      expectOneOf(known, answer, { wish: wishes[at], verdict: verdicts[at] });
  };
}

interface Judged {
  readonly wish: Wish | undefined;
  readonly verdict: Verdict | undefined;
}

function expectOneOf(known: KnownAccount, answer: Made, { wish: one, verdict }: Judged): void {
  if (!one || !verdict) return;
  if ('refusal' in verdict) return expectRefusal(answer, verdict.refusal);
  if (answer.status === 201) known.backups.push(expectNew(answer.body, one, verdict.scope));
  else expectRefusal(answer, 'BACKUP_ALREADY_PENDING');
}

/** Everybody cancels the pending one, and somebody asks for the next: at most one is pending afterwards. */
function cancellingAtOnce(one: Wish): Act {
  return async (known, real) => {
    const pending = pendingOf(known);
    if (!pending) return;
    const cancel = async (userId: string): Promise<Problem> =>
      (await real.person(userId)).post(`/api/v1/backups/${pending.backupId}/cancel`);
    const [made, ...answers] = await Promise.all([request(real, one), ...USERS.map(cancel)]);
    const seeing = USERS.filter((userId) => sees(known, userId, pending));
    for (const [at, answer] of answers.entries()) {
      if (!seeing.includes(USERS[at] ?? '')) expectRefusal(answer, 'NOT_FOUND');
      else if (answer.status !== 200) expectRefusal(answer, 'BACKUP_NOT_PENDING');
    }
    expect(answers.filter(({ status }) => status === 200)).toHaveLength(Math.min(1, seeing.length));
    if (seeing.length === 0) return expectOneOf(known, made, { wish: one, verdict: judge(known, one.user, one.asked) });
    pending.status = 'cancelled';
    expectOneOf(known, made, { wish: one, verdict: judge(known, one.user, one.asked) });
    await expectTold(real, pending);
  };
}

async function cancellingAtScan(known: KnownAccount, real: RealAccount): Promise<void> {
  const pending = pendingOf(known);
  if (!pending) return;
  const watcher = await real.person('watcher');
  const cancel = watcher.post<{ code?: string }>(`/api/v1/backups/${pending.backupId}/cancel`);
  const [answer] = await Promise.all([cancel, real.scan()]);
  if (answer.status === 200) pending.status = 'cancelled';
  else {
    expectRefusal(answer, 'BACKUP_NOT_PENDING');
    await expectBuilt(known, real, pending);
  }
}

/** The request meets the directory as it was or as it becomes, and nothing in between. */
function changingMeanwhile({ wish: one, change: done }: { readonly wish: Wish; readonly change: Change }): Act {
  return async (known, real) => {
    const directory = tellingNames(changed(known.directory, done), real.accountId);
    const before = judge(known, one.user, one.asked);
    const after = judge({ ...known, directory }, one.user, one.asked);
    const estimate = (await real.person(one.user)).post<{ code?: string }>('/api/v1/backups/estimate', one.asked);
    const [answer] = await Promise.all([request(real, one), put(real, directory), estimate]);
    const scopes = [known, { ...known, directory }].map((account) => judgeScope(account, one.user, one.asked));
    if ('refusal' in (scopes[0] ?? {}) && 'refusal' in (scopes[1] ?? {})) expect((await estimate).status).not.toBe(200);
    known.directory = directory;
    if (answer.status === 201) return void known.backups.push(newOfEither(answer.body, one, [before, after]));
    const refusals = [before, after].flatMap((verdict) => ('refusal' in verdict ? [verdict.refusal] : []));
    const said = [401, 404].includes(answer.status) ? 'NOT_FOUND' : answer.body.code;
    expect(refusals).toContain(said);
  };
}

function newOfEither(made: BackupView, one: Wish, verdicts: readonly Verdict[]) {
  const ids = JSON.stringify(made.orgUnits.map(({ orgUnitId }) => orgUnitId).toSorted());
  const scopes = verdicts
    .flatMap((verdict) => ('scope' in verdict ? [verdict.scope] : []))
    .filter(({ orgUnitIds }) => JSON.stringify([...orgUnitIds].sort()) === ids);
  const orgUnitIds = scopes[0]?.orgUnitIds ?? [];
  // The same OUs may lie elsewhere afterwards.
  const facilityIds = scopes.flatMap((scope) => scope.facilityIds);
  return expectNew(made, one, { orgUnitIds, facilityIds, allOrgUnits: made.allOrgUnits });
}
