import type { BackupView } from '@account-backups/contracts';
import fc from 'fast-check';
import type { Answer, ApiClient } from '../support/api-client.js';
import { referenceAccess } from '../integration/permissions/reference-access.js';
import { obstacle, sees, type KnownAccount } from './account-rules.js';
import { expectRefusal, pick, step, user, which, type Act, type Problem } from './walk-step.js';

export const lookSteps = [
  user.map((userId) => step(`look as ${userId}`, looking(userId))),
  fc.record({ user, which }).map((one) => step(`old cursor ${JSON.stringify(one)}`, turning(one))),
];

interface Page {
  readonly items: BackupView[];
  readonly nextCursor: string | null;
}

/** Who one is, the tree of OUs, the list page by page, and every backup by its id. */
export function looking(userId: string): Act {
  return async (known, real) => {
    const person = await real.person(userId);
    const permitted = referenceAccess(known.directory, userId);
    const tree = await person.get<{ orgUnits: { orgUnitId: string }[]; code?: string }>('/api/v1/org-units');
    if (permitted === null) return expectRefusal(tree, 'NOT_FOUND');
    expect(tree.body.orgUnits.map(({ orgUnitId }) => orgUnitId).toSorted()).toEqual(permitted);
    await expectMe(person, known, { userId, permitted });
    const visible = known.backups.filter((backup) => sees(known, userId, backup));
    const listed = await everyPage(person, known);
    expect(listed.map(({ backupId, status }) => `${backupId} ${status}`)).toEqual(
      visible.map(({ backupId, status }) => `${backupId} ${status}`).toReversed(),
    );
    for (const backup of known.backups) {
      const { status } = await person.get(`/api/v1/backups/${backup.backupId}`);
      expect(status).toBe(visible.includes(backup) ? 200 : 404);
      const receipt = await person.get(`/api/v1/backups/${backup.backupId}/receipt`);
      expect(receipt.status).toBe(receiptStatus(visible.includes(backup), backup.status));
    }
  };
}

function receiptStatus(isVisible: boolean, status: string): number {
  if (!isVisible) return 404;
  return status === 'completed' ? 200 : 409;
}

interface Looker {
  readonly userId: string;
  readonly permitted: readonly string[];
}

async function expectMe(person: ApiClient, known: KnownAccount, { userId, permitted }: Looker): Promise<void> {
  const because = obstacle(known, permitted);
  const { siteAdmin, facilityAdminOf } = known.directory.users.find((one) => one.userId === userId) ?? {};
  const me = await person.get<{ facilityAdminOf: string[]; subscription: { state: string } }>('/api/v1/me');
  expect(me).toMatchObject({
    status: 200,
    body: {
      userId,
      siteAdmin,
      canManageBackups: permitted.length > 0,
      canRequestBackup: because === null,
      cannotRequestBecause: because,
    },
  });
  expect(me.body.facilityAdminOf.toSorted()).toEqual(facilityAdminOf?.toSorted());
  expect(me.body.subscription.state === 'valid').toBe(known.subscribed);
}

async function everyPage(person: ApiClient, known: KnownAccount): Promise<BackupView[]> {
  const items: BackupView[] = [];
  for (let cursor: string | null = ''; cursor !== null;) {
    const query: string = cursor === '' ? '' : `&cursor=${encodeURIComponent(cursor)}`;
    const { body }: Answer<Page> = await person.get<Page>(`/api/v1/backups?limit=3${query}`);
    items.push(...body.items);
    cursor = body.nextCursor;
    if (cursor !== null) known.cursors.push(cursor);
  }
  return items;
}

/** A cursor given to somebody earlier, or to the neighbour: it is a position and grants no right to what follows. */
function turning({ user: userId, which: at }: { readonly user: string; readonly which: number }): Act {
  return async (known, real) => {
    const person = await real.person(userId);
    const cursor = encodeURIComponent(pick([...real.neighbour.cursors, ...known.cursors], at) ?? '');
    const page = await person.get<Partial<Page> & { code?: string }>(`/api/v1/backups?cursor=${cursor}`);
    await expectNoHistory(person, known, { userId, cursor });
    if (referenceAccess(known.directory, userId) === null && page.status !== 400) {
      return expectRefusal(page, 'NOT_FOUND');
    }
    if (page.status !== 200) return expectRefusal(page, 'VALIDATION_FAILED');
    const visible = known.backups.filter((backup) => sees(known, userId, backup)).map(({ backupId }) => backupId);
    expect(visible).toEqual(expect.arrayContaining(page.body.items?.map(({ backupId }) => backupId) ?? ['none']));
  };
}

/** A position in one list is no position in another. */
async function expectNoHistory(
  person: ApiClient,
  known: KnownAccount,
  { userId, cursor }: { readonly userId: string; readonly cursor: string },
): Promise<void> {
  const backup = known.backups.at(-1);
  if (!backup) return;
  const answer: Problem = await person.get(`/api/v1/backups/${backup.backupId}/downloads?cursor=${cursor}`);
  if (!sees(known, userId, backup)) return expectRefusal(answer, 'NOT_FOUND');
  if (answer.status === 200) return expect(answer.body).toMatchObject({ items: expect.any(Array) });
  expectRefusal(answer, 'VALIDATION_FAILED');
}
