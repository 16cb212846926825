// A builder dies in the middle of a step: another takes its work over long before the lease ends.
import { randomBytes } from 'node:crypto';
import { MIB, type FileContent } from '@account-backups/contracts';
import { eventually } from '../support/eventually.js';
import { documentsOf, putFile } from '../support/build-yard/documents.js';
import { openYard, type Yard } from '../support/build-yard/yard.js';
import { completed, openArchive } from '../integration/zip-builder/harness.js';

const LEASE_SECONDS = 600;

let yard: Yard;

beforeAll(async () => {
  yard = await openYard({ settings: { LEASE_SECONDS: String(LEASE_SECONDS) } });
}, 120_000);
beforeEach(() => Promise.all([yard.startBuilder(), yard.startBuilder()]));
afterEach(() => Promise.all(yard.builders.map((builder) => builder.kill())));
afterAll(() => yard?.close());

function contents(count: number, sizeBytes: number): Promise<FileContent[]> {
  const put = (number: number) => putFile(yard.store, 'lab', `f-${number}`, randomBytes(sizeBytes));
  return Promise.all(Array.from({ length: count }, (_, number) => put(number)));
}

/** Stands still, and then dies, in the step that `claimed` finds: until then its work is surely not done. */
async function killedIn(claimed: string): Promise<void> {
  await eventually(
    async () => {
      yard.builders.forEach(({ child }) => child.kill('SIGSTOP'));
      const { rows } = await yard.sql.query(claimed);
      if (rows.length === 0) yard.builders.forEach(({ child }) => child.kill('SIGCONT'));
      expect(rows.length).toBeGreaterThan(0);
    },
    { everyMs: 10 },
  );
  await Promise.all(yard.builders.map((builder) => builder.kill()));
  await yard.startBuilder();
}

it.each([
  ['plans', `SELECT 1 FROM zip_builder.builds WHERE status = 'planning' AND lease_until > now()`, 2],
  ['builds', `SELECT 1 FROM zip_builder.segments WHERE status = 'building' AND lease_until > now()`, 12],
  [
    'closes',
    `SELECT 1 FROM zip_builder.builds b WHERE status = 'building' AND lease_until > now()
       AND NOT EXISTS (SELECT FROM zip_builder.segments s WHERE s.build_id = b.build_id AND s.status <> 'built')`,
    12,
  ],
])(
  'takes over from a builder that dies while it %s, without waiting for the end of its lease',
  async (_step, claimed, count) => {
    const files = await contents(count, 4 * MIB);
    const backupId = await yard.order('lab', documentsOf(files.map((content) => ({ content }))));
    await killedIn(claimed);
    const outcome = await completed(yard, backupId, 60_000);
    expect((await openArchive(yard.store, outcome.objectKey)).files.size).toBe(count);
  },
  120_000,
);
