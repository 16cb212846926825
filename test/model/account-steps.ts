// Single steps that a random walk takes on the real system and on the rules alike.
import type { BackupView, Directory } from '@account-backups/contracts';
import fc from 'fast-check';
import type { ApiClient, Answer } from '../support/api-client.js';
import { eventually } from '../support/eventually.js';
import { randomDirectory } from '../integration/permissions/random-directory.js';
import { referenceAccess } from '../integration/permissions/reference-access.js';
import { judge, judgeScope, sees, start, type Asked, type KnownAccount, type KnownBackup } from './account-rules.js';

export interface RealAccount {
  readonly accountId: string;
  readonly host: ApiClient;
  readonly sales: ApiClient;
  person(userId: string): Promise<ApiClient>;
  scan(): Promise<void>;
}

type Step = fc.AsyncCommand<KnownAccount, RealAccount>;
type Act = (known: KnownAccount, real: RealAccount) => Promise<void>;
type Problem = Answer<{ code?: string }>;

export const USERS = ['p0', 'p1', 'p2', 'p3', 'p4', 'stranger'];
const user = fc.constantFrom(...USERS);
const which = fc.nat({ max: 20 });
const some = (kind: string, count: number) =>
  fc.uniqueArray(fc.constantFrom(...Array.from({ length: count }, (_, at) => `${kind}${at}`)), { maxLength: 3 });
const asked: fc.Arbitrary<Asked> = fc.record({
  facilityIds: fc.oneof({ weight: 3, arbitrary: fc.constant([]) }, { weight: 1, arbitrary: some('f', 4) }),
  orgUnitIds: fc.oneof({ weight: 2, arbitrary: fc.constant([]) }, { weight: 1, arbitrary: some('u', 15) }),
  includeActive: fc.boolean(),
  includeInactive: fc.boolean(),
});
const key = fc.option(fc.constantFrom('k1', 'k2', 'k3'), { nil: null, freq: 2 });

/** Steps in the proportion that makes most of a walk. */
export const steps: fc.Arbitrary<Step>[] = [
  randomDirectory.map(watched).map((directory) =>
    step(`directory ${JSON.stringify(directory)}`, async (known, { host, accountId }) => {
      const path = `/api/v1/provisioning/accounts/${accountId}/directory`;
      expect((await host.put(path, directory)).status).toBe(200);
      known.directory = directory;
    }),
  ),
  fc.record({ user, asked, key }).map((request) => step(`request ${JSON.stringify(request)}`, requesting(request))),
  which.map((at) => step(`repeat ${at}`, repeating(at))),
  fc.record({ user, asked }).map((request) => step(`estimate ${JSON.stringify(request)}`, estimating(request))),
  user.map((userId) => step(`look as ${userId}`, looking(userId))),
  fc.record({ user, which }).map((one) => step(`cancel ${JSON.stringify(one)}`, cancelling(one))),
  fc.record({ user, which }).map((one) => step(`download ${JSON.stringify(one)}`, downloading(one))),
  fc.constant(step('scan', scanning)),
  fc.boolean().map((subscribed) => step(`subscribed ${subscribed}`, subscribing(subscribed))),
];

/** The same directory with a Site Admin who is always there to see how builds end. */
export function watched(directory: Directory): Directory {
  const watcher = { userId: 'watcher', name: 'Watcher', active: true, siteAdmin: true, facilityAdminOf: [] };
  return { ...directory, users: [...directory.users, watcher] };
}

function step(text: string, act: Act): Step {
  return { check: () => true, run: act, toString: () => text };
}

/** Starts or ends the one term of the account. */
export function subscribing(subscribed: boolean): Act {
  return async (known, { sales, accountId }) => {
    if (known.subscribed === subscribed) return;
    const path = `/v1/accounts/${accountId}/subscription`;
    const term = { startsOn: '2020-01-01', endsOn: '2099-12-31', reference: 'M', note: 'model' };
    const changed = subscribed
      ? await sales.put(path, term)
      : await sales.post(`${path}/end`, { endsOn: '2019-12-31', note: 'model' });
    expect(changed).toMatchObject({ status: 200 });
    known.subscribed = subscribed;
  };
}

interface Request {
  readonly user: string;
  readonly asked: Asked;
  readonly key: string | null;
}

function requesting({ user: userId, asked: wish, key: name }: Request): Act {
  return async (known, real) => {
    const person = await real.person(userId);
    const headers: Record<string, string> = name === null ? {} : { 'idempotency-key': name };
    const answer = await person.post<BackupView & { code?: string }>('/api/v1/backups', wish, headers);
    const used = known.keys.find((use) => use.userId === userId && use.key === name);
    if (used) return expectReplay(answer, known, { used, asked: wish });
    const verdict = judge(known, userId, wish);
    if ('refusal' in verdict) return expectRefusal(answer, verdict.refusal);
    expect(answer.status).toBe(201);
    const { orgUnitIds, allOrgUnits } = verdict.scope;
    expect(idsOf(answer.body)).toEqual([...orgUnitIds].sort());
    expect(answer.body).toMatchObject({ status: 'pending', allOrgUnits, createdBy: { userId } });
    const backup: KnownBackup = {
      backupId: answer.body.backupId,
      requesterId: userId,
      orgUnitIds,
      allOrgUnits,
      status: 'pending',
    };
    known.backups.push(backup);
    if (name !== null) known.keys.push({ userId, key: name, asked: wish, backup });
  };
}

/** Chance alone would hardly ever make the same request again. */
function repeating(at: number): Act {
  return async (known, real) => {
    const use = known.keys.at(-1 - (at % Math.max(1, known.keys.length)));
    if (use) await requesting({ user: use.userId, asked: use.asked, key: use.key })(known, real);
  };
}

interface Replay {
  readonly used: KnownAccount['keys'][number];
  readonly asked: Asked;
}

/** A key stands for one request; and what is invisible now stays so, whoever made it. */
function expectReplay(answer: Problem, known: KnownAccount, { used, asked: again }: Replay): void {
  if (referenceAccess(known.directory, used.userId) === null) return expectRefusal(answer, 'NOT_FOUND');
  if (fingerprint(used.asked) !== fingerprint(again)) return expectRefusal(answer, 'IDEMPOTENCY_KEY_REUSED');
  if (!sees(known, used.userId, used.backup)) return expectRefusal(answer, 'NOT_FOUND');
  expect(answer).toMatchObject({ status: 201, body: { backupId: used.backup.backupId, status: used.backup.status } });
}

function fingerprint({ facilityIds, orgUnitIds, includeActive, includeInactive }: Asked): string {
  return JSON.stringify([facilityIds.toSorted(), orgUnitIds.toSorted(), includeActive, includeInactive]);
}

function estimating({ user: userId, asked: wish }: { user: string; asked: Asked }): Act {
  return async (known, real) => {
    const answer = await (await real.person(userId)).post<{ code?: string }>('/api/v1/backups/estimate', wish);
    const verdict = judgeScope(known, userId, wish);
    if ('refusal' in verdict) return expectRefusal(answer, verdict.refusal);
    expect(answer).toMatchObject({ status: 200, body: { documentCount: 0 } });
  };
}

interface Page {
  readonly items: BackupView[];
  readonly nextCursor: string | null;
}

/** The list, page by page with cursors, the tree of OUs, and every backup by its id. */
export function looking(userId: string): Act {
  return async (known, real) => {
    const person = await real.person(userId);
    const permitted = referenceAccess(known.directory, userId);
    const tree = await person.get<{ orgUnits: { orgUnitId: string }[]; code?: string }>('/api/v1/org-units');
    if (permitted === null) return expectRefusal(tree, 'NOT_FOUND');
    expect(tree.body.orgUnits.map(({ orgUnitId }) => orgUnitId).toSorted()).toEqual(permitted);
    const visible = known.backups.filter((backup) => sees(known, userId, backup));
    const listed = await everyPage(person);
    expect(listed.map(({ backupId, status }) => `${backupId} ${status}`)).toEqual(
      visible.map(({ backupId, status }) => `${backupId} ${status}`).toReversed(),
    );
    for (const backup of known.backups) {
      const { status } = await person.get(`/api/v1/backups/${backup.backupId}`);
      expect(status).toBe(visible.includes(backup) ? 200 : 404);
    }
  };
}

async function everyPage(person: ApiClient): Promise<BackupView[]> {
  const items: BackupView[] = [];
  for (let cursor: string | null = ''; cursor !== null;) {
    const query: string = cursor === '' ? '' : `&cursor=${encodeURIComponent(cursor)}`;
    const { body }: Answer<Page> = await person.get<Page>(`/api/v1/backups?limit=3${query}`);
    items.push(...body.items);
    cursor = body.nextCursor;
  }
  return items;
}

interface One {
  readonly user: string;
  readonly which: number;
}

function cancelling({ user: userId, which: at }: One): Act {
  return async (known, real) => {
    const backup = known.backups.at(-1 - (at % Math.max(1, known.backups.length)));
    if (!backup) return;
    const answer: Problem = await (await real.person(userId)).post(`/api/v1/backups/${backup.backupId}/cancel`);
    if (!sees(known, userId, backup)) return expectRefusal(answer, 'NOT_FOUND');
    if (backup.status !== 'pending') return expectRefusal(answer, 'BACKUP_NOT_PENDING');
    expect(answer).toMatchObject({ status: 200, body: { status: 'cancelled' } });
    backup.status = 'cancelled';
  };
}

function downloading({ user: userId, which: at }: One): Act {
  return async (known, real) => {
    const backup = known.backups.at(-1 - (at % Math.max(1, known.backups.length)));
    if (!backup) return;
    const person = await real.person(userId);
    const path = `/api/v1/backups/${backup.backupId}/downloads`;
    const history = await person.get<{ code?: string }>(path);
    const begun = await person.post<{ url: string; code?: string }>(path);
    if (!sees(known, userId, backup)) {
      expectRefusal(history, 'NOT_FOUND');
      return expectRefusal(begun, 'NOT_FOUND');
    }
    expect(history.status).toBe(200);
    if (backup.status !== 'completed') return expectRefusal(begun, 'BACKUP_NOT_COMPLETED');
    expect(begun.status).toBe(201);
    const bytes = await fetch(begun.body.url, {
      headers: { authorization: `Bearer ${person.token}`, range: 'bytes=0-3' },
    });
    expect(bytes.status).toBe(206);
    expect(Buffer.from(await bytes.arrayBuffer()).toString('latin1')).toBe('PK\u0003\u0004');
    for (const other of USERS.filter((id) => id !== userId))
      await expectForeign(await real.person(other), begun.body.url);
  };
}

/** A link is of use to the person who began the download alone. */
async function expectForeign(person: ApiClient, url: string): Promise<void> {
  const answer = await fetch(url, { method: 'HEAD', headers: { authorization: `Bearer ${person.token}` } });
  expect(answer.status).toBe(404);
}

async function scanning(known: KnownAccount, real: RealAccount): Promise<void> {
  const pending = known.backups.filter(({ status }) => status === 'pending');
  if (pending.length === 0) return;
  await real.scan();
  const watcher = await real.person('watcher');
  for (const backup of pending) {
    start(known, backup);
    await eventually(async () => {
      const { body } = await watcher.get<BackupView>(`/api/v1/backups/${backup.backupId}`);
      expect(body.status).toBe(backup.status);
    });
  }
}

function expectRefusal({ status, body }: Problem, code: string): void {
  if (code === 'NOT_FOUND') return expect([401, 404]).toContain(status);
  expect(body.code).toBe(code);
}

function idsOf({ orgUnits }: BackupView): string[] {
  return orgUnits.map(({ orgUnitId }) => orgUnitId).sort();
}
