// A large archive under way holds up a smaller one by a segment, not by itself; and it tells how far it is.
import { randomBytes } from 'node:crypto';
import { eventually } from '../../support/eventually.js';
import { documentsOf, openYard, putFile, type Yard, type YardDocuments } from './build-yard.mjs';
import { completed } from './opened-archive.js';

const MIB = 1_048_576;
const WINDOW = 4;
/** Segments that one builder has in hand at a time. */
const HANDS = 2;

let yard: Yard;

beforeAll(async () => {
  yard = await openYard({ settings: { SEGMENTS_IN_FLIGHT: String(WINDOW) } });
  await yard.startBuilder();
});
afterAll(() => yard?.close());

/** Documents of 6 MiB each; all of them have the same content. */
async function documents(accountId: string, count: number): Promise<YardDocuments> {
  const content = await putFile(yard.store, accountId, 'f', randomBytes(6 * MIB));
  return documentsOf(
    Array.from({ length: count }, (_, number) => ({ content: { ...content, fileId: `f-${number}` } })),
  );
}

const built = (backupId: string) =>
  yard.builders
    .flatMap(({ events }) => events)
    .filter((e) => e.event === 'segment.built' && e['backupId'] === backupId);

it('builds an archive of two segments while one of many is under way, and piles up no jobs', async () => {
  const [large, small] = await Promise.all([documents('large', 100), documents('small', 7)]);
  const largeId = await yard.order('large', large);
  await eventually(() => expect(built(largeId).length).toBeGreaterThan(0));
  const smallId = await yard.order('small', small);
  const events = yard.builders[0]?.events ?? [];
  await completed(yard, smallId);
  const planned = events.findIndex((e) => e.event === 'archive.planned' && e['backupId'] === smallId);
  const last = events.indexOf(built(smallId).at(-1) ?? {});
  const between = events.slice(planned, last).filter((e) => e.event === 'segment.built' && e['backupId'] === largeId);
  expect(built(smallId)).toHaveLength(2);
  // While one hand is long about a small archive's segment, the other may finish several; in turn it would be some seventy.
  expect(between.length).toBeLessThanOrEqual(5 * HANDS);
  expect(yard.outcomes.has(largeId)).toBe(false);
  expect(await yard.jobsWaiting()).toBeLessThanOrEqual(2 * WINDOW);
  await completed(yard, largeId);
  const said = (yard.progress.get(largeId) ?? []).map(({ sizeBytes }) => sizeBytes);
  expect(said.length).toBeGreaterThan(10);
  expect(said.at(-1)).toBe(600 * MIB);
});

it('has no more segments of one archive in hand than the window allows', async () => {
  const backupId = await yard.order('wide', await documents('wide', 60));
  await Promise.all([1, 2].map(() => yard.startBuilder()));
  let most = 0;
  await eventually(
    async () => {
      const { rows } = await yard.sql.query<{ leased: string }>(
        `SELECT count(*) AS leased FROM zip_builder.segments WHERE status = 'building' AND lease_until > now()`,
      );
      most = Math.max(most, Number(rows[0]?.leased));
      expect(yard.outcomes.has(backupId)).toBe(true);
    },
    { everyMs: 10, deadlineMs: 120_000 },
  );
  expect(most).toBe(WINDOW);
});
