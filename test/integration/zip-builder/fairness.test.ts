// A large archive delays a smaller one by a segment, not by its whole length; and it reports progress.
import { randomBytes } from 'node:crypto';
import { MIB } from '@account-backups/contracts';
import { eventually } from '../../support/eventually.js';
import { documentsOf, putFile, type YardDocuments } from '../../support/build-yard/documents.js';
import { openYard, type Yard } from '../../support/build-yard/yard.js';
import { completed } from './harness.js';

const WINDOW = 4;

let yard: Yard;

beforeAll(async () => {
  // The window counts leases: none may end because the machine is slow.
  yard = await openYard({ settings: { SEGMENTS_IN_FLIGHT: String(WINDOW), LEASE_SECONDS: '60' } });
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
  expect(yard.outcomes.has(largeId)).toBe(false);
  expect(await yard.jobsWaiting()).toBeLessThanOrEqual(2 * WINDOW);
  await completed(yard, largeId);
  // While one hand holds a segment of the small archive, the other may finish several; in turn it would be all that
  // are left.
  expect(between.length).toBeLessThan(built(largeId).length / 2);
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
