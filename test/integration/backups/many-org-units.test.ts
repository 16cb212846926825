// A backup of hundreds of OUs: its row names the first, the others come in pages, to those who may see it.
import { asked, openDesk, type Desk } from './harness.js';

const ids = Array.from({ length: 450 }, (_, number) => `ou-${String(number).padStart(3, '0')}`);

let desk: Desk;
let backupId: string;

beforeAll(async () => {
  desk = await openDesk();
  desk.world.orgUnitIds.splice(0, Infinity, ...ids);
  desk.world.rights.set('mona', { orgUnitIds: ids.slice(0, 449), siteAdmin: false });
  ({ backupId } = (await desk.requests.create(asked('ada'))).backup);
});
afterAll(() => desk.close());

const who = (userId: string) => ({ accountId: 'lab', userId, backupId });
const idsOf = (orgUnits: readonly { readonly orgUnitId: string }[]) => orgUnits.map(({ orgUnitId }) => orgUnitId);

it('has the first twenty in its row and in the list, and says how many there are', async () => {
  const one = await desk.backups.get(who('ada'));
  const { items } = await desk.backups.list({ accountId: 'lab', userId: 'ada', limit: 10, cursor: null, status: null });
  expect(items).toEqual([one]);
  expect([idsOf(one.orgUnits), one.orgUnitCount]).toEqual([ids.slice(0, 20), 450]);
});

it('gives all of them in pages', async () => {
  const found: string[] = [];
  let cursor: string | null = null;
  do {
    const page = await desk.backups.listOrgUnits({ ...who('ada'), limit: 200, cursor });
    expect(page.items.length).toBeLessThanOrEqual(200);
    found.push(...idsOf(page.items));
    cursor = page.nextCursor;
  } while (cursor !== null);
  expect(found).toEqual(ids);
});

it('refuses a cursor that no page gave', async () => {
  const asking = desk.backups.listOrgUnits({ ...who('ada'), limit: 200, cursor: 'bm90IG9uZQ' });
  await expect(asking).rejects.toMatchObject({ code: 'VALIDATION_FAILED' });
});

it('shows none to who may not back up all of them', async () => {
  const asking = desk.backups.listOrgUnits({ ...who('mona'), limit: 200, cursor: null });
  await expect(asking).rejects.toMatchObject({ code: 'NOT_FOUND' });
});
