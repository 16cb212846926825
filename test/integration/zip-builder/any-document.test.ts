// What the register may hold, an archive can be made of; what no archive can hold fails at once.
import { randomBytes } from 'node:crypto';
import { MIB, type FileContent, type RegisteredDocument } from '@account-backups/contracts';
import { eventually } from '../../support/eventually.js';
import { documentOf, putFile, type YardDocuments } from '../../support/build-yard/documents.js';
import { openYard, type Yard } from '../../support/build-yard/yard.js';
import { completed, openArchive } from './harness.js';

const times = [
  '0000-01-01T00:00:00+23:59',
  '0001-01-01T00:00:00Z',
  '1600-12-31T23:59:59Z',
  '1900-01-01T00:00:00Z',
  '1969-12-31T23:59:59.999Z',
  '2038-01-19T03:14:08Z',
  '2108-01-01T00:00:00Z',
  '9999-12-31T23:59:59.999-23:59',
];

let yard: Yard;

beforeAll(async () => {
  yard = await openYard();
  await yard.startBuilder();
});
afterAll(() => yard?.close());

function dated(number: number, createdAt: string): RegisteredDocument {
  const document = documentOf(number, `file-${number}.bin`);
  return { ...document, nextReviewAt: createdAt, versions: document.versions.map((each) => ({ ...each, createdAt })) };
}

function datedDocuments(contents: readonly FileContent[]): YardDocuments {
  return {
    count: contents.length,
    document: (number) => dated(number, times[number % times.length] ?? ''),
    content: (number) => contents[number] ?? null,
  };
}

describe('documents of any date', () => {
  it.each([
    ['small', 100],
    ['large', 3 * MIB],
  ])('are in a %s archive', async (_, sizeBytes) => {
    const put = (_time: string, number: number) => putFile(yard.store, 'lab', `f-${number}`, randomBytes(sizeBytes));
    const contents = await Promise.all(times.map(put));
    const outcome = await completed(yard, await yard.order('lab', datedDocuments(contents)));
    const archive = await openArchive(yard.store, outcome.objectKey);
    expect(archive.files).toEqual(new Map(contents.map(({ fileId, sha256 }) => [fileId, sha256])));
  });
});

describe('what no archive can hold', () => {
  it('fails at the first attempt, and says what can be done', async () => {
    const tooMuch = { ...datedDocuments([]), sizeBytes: 30 * MIB * MIB };
    const backupId = await yard.order('lab', tooMuch);
    const outcome = await eventually(() => {
      const [first] = yard.outcomes.get(backupId) ?? [];
      expect(first).toBeDefined();
      return first;
    });
    expect(outcome).toMatchObject({
      status: 'failed',
      code: 'build_failed',
      message: expect.stringContaining('fewer OUs'),
    });
    const events = yard.builders.flatMap((builder) => builder.events);
    expect(events.filter(({ event }) => event === 'archive.hopeless')).toMatchObject([{ backupId, attempts: 1 }]);
  });
});
