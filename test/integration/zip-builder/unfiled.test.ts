// Documents that lie in no OU: exceptions of the archive, in its small form and in segments.
import { randomBytes } from 'node:crypto';
import { documentsOf, putFile } from '../../support/build-yard/documents.js';
import { openYard, type Yard } from '../../support/build-yard/yard.js';
import { completed, openArchive } from './harness.js';

let yard: Yard;

beforeAll(async () => {
  yard = await openYard();
  await yard.startBuilder();
});
afterAll(() => yard?.close());

it.each([
  ['in one go', 3],
  ['in several segments', 4_100],
])('are listed in an archive that is made %s, and counted apart from the documents', async (_how, unfiledCount) => {
  const content = await putFile(yard.store, 'lab', 'f-0', randomBytes(1_000));
  const backupId = await yard.order('lab', { ...documentsOf([{ content }, { content: null }]), unfiledCount });
  const outcome = await completed(yard, backupId);
  expect(outcome).toMatchObject({ documentCount: 2, exceptionCount: unfiledCount + 1 });
  expect(outcome.counts?.documents).toMatchObject({
    expected: unfiledCount + 2,
    included: 2,
    exceptions: unfiledCount,
  });
  const archive = await openArchive(yard.store, outcome.objectKey);
  const ids = Array.from({ length: unfiledCount }, (_, at) => `lost-${at}`);
  expect(archive.unfiled).toEqual(ids);
  expect([archive.files.size, Array.from(archive.exceptions)]).toEqual([1, [['f-1', 'FILE_MISSING']]]);
});
