// The contents of a segment are read together, and all of these reads listen for the end of one lease.
import { randomBytes } from 'node:crypto';
import { documentsOf, putFile } from '../../support/build-yard/documents.js';
import { openYard, type Yard } from '../../support/build-yard/yard.js';
import { completed } from './harness.js';

let yard: Yard;

beforeAll(async () => {
  yard = await openYard({ settings: { PREFETCH_FILES: '32' } });
});
afterAll(() => yard?.close());

it('reads as many contents at once as it is told to, and Node takes none of them for a leak', async () => {
  const builder = await yard.startBuilder();
  const contents = Array.from({ length: 64 }, (_, number) =>
    putFile(yard.store, 'lab', `f-${number}`, randomBytes(1_000)),
  );
  const files = (await Promise.all(contents)).map((content) => ({ content }));
  await completed(yard, await yard.order('lab', documentsOf(files)));
  expect(builder.warnings).toEqual([]);
});
