// Which of two states of a document counts when the host numbers them itself.
import type { RegisteredDocument } from '@account-backups/contracts';
import fc from 'fast-check';
import { document, everything, openRegister, type Register } from './harness.js';

let register: Register;

beforeAll(async () => {
  register = await openRegister();
});

afterAll(() => register.close());

const state = (revision: number | null, title = `of ${revision}`) => document('d', { revision, title });

async function titles(accountId: string): Promise<readonly string[]> {
  const question = { accountId, selection: everything, afterDocumentId: null, limit: 1_000 };
  return (await register.documents.listPage(question)).documents.map(({ title }) => title);
}

async function after(accountId: string, ...states: readonly RegisteredDocument[]): Promise<readonly string[]> {
  for (const each of states) await register.upsert(accountId, [each]);
  return titles(accountId);
}

it('changes nothing when an older one comes, and says which is known', async () => {
  await register.upsert('older', [state(5)]);
  const answer = register.upsert('older', [document('e'), state(4), state(6, 'newest'), state(5)]);
  await expect(answer).resolves.toEqual({
    accepted: 4,
    unchanged: 2,
    older: [
      { at: 1, stored: 5 },
      { at: 3, stored: 6 },
    ],
  });
  expect(await titles('older')).toEqual(['newest', 'Cleaning of vessels']);
});

it('takes revision 0, and numbers beyond 32 bits', async () => {
  const large = Number.MAX_SAFE_INTEGER;
  expect(await after('large', state(0), state(large), state(large - 1))).toEqual([`of ${large}`]);
});

it('takes the same revision again: the same content changes nothing, the latest call counts', async () => {
  await register.upsert('equal', [state(5)]);
  await expect(register.upsert('equal', [state(5)])).resolves.toEqual({ accepted: 1, unchanged: 1, older: [] });
  const other = register.upsert('equal', [state(5, 'corrected')]);
  await expect(other).resolves.toEqual({ accepted: 1, unchanged: 0, older: [] });
  expect(await titles('equal')).toEqual(['corrected']);
});

it('takes one without a revision, and keeps the number that is known', async () => {
  expect(await after('without', state(5), state(null, 'plain'), state(4))).toEqual(['plain']);
  expect(await after('without', state(5))).toEqual(['of 5']);
});

it('knows no revision of a document that was deleted', async () => {
  await register.upsert('deleted', [state(5)]);
  await register.delete('deleted', ['d']);
  expect(await after('deleted', state(1))).toEqual(['of 1']);
});

it('counts more than the order of calls, but not more than a later deletion', async () => {
  const early = await register.documents.beginChange();
  await register.upsert('calls', [state(5)]);
  await register.documents.upsert({ accountId: 'calls', ...early, documents: [state(6)] });
  expect(await titles('calls')).toEqual(['of 6']);
  await register.delete('calls', ['d']);
  await register.documents.upsert({ accountId: 'calls', ...early, documents: [state(7)] });
  expect(await titles('calls')).toEqual([]);
});

it('ends with the highest revision, of equal ones the last begun, in whatever order and how often they come', async () => {
  let accounts = 0;
  const revisions = fc.array(fc.nat({ max: 4 }), { minLength: 1, maxLength: 6 });
  const orders = revisions.chain((numbers) => {
    const sent = numbers.map((revision, turn) => ({ revision, turn }));
    const all = fc.shuffledSubarray([...sent, ...sent], { minLength: 2 * sent.length, maxLength: 2 * sent.length });
    return fc.record({ sent: fc.constant(sent), arriving: all, atOnce: fc.boolean() });
  });
  const property = fc.asyncProperty(orders, async ({ sent, arriving, atOnce }) => {
    const accountId = `order-${(accounts += 1)}`;
    const take = ({ revision, turn }: (typeof sent)[number]) =>
      register.documents.upsert({ accountId, turn, documents: [state(revision, `${revision} in turn ${turn}`)] });
    if (atOnce) await Promise.all(arriving.map(take));
    else for (const each of arriving) await take(each);
    const last = sent.toSorted((a, b) => a.revision - b.revision || a.turn - b.turn).at(-1);
    expect(await titles(accountId)).toEqual([`${last?.revision} in turn ${last?.turn}`]);
  });
  await fc.assert(property, { numRuns: 60 });
});
