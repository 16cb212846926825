import { selectVersions } from '@account-backups/bag';
import type { RegisteredDocument, Selection, SelectionSize } from '@account-backups/contracts';
import fc from 'fast-check';
import { document, everything, file, openRegister, type Register } from './harness.js';

let register: Register;

beforeAll(async () => {
  register = await openRegister();
});

afterAll(() => register.close());

const known = ['f0', 'f1', 'f2'];
const orgUnits = ['quality', 'production', 'it'];
const fileId = fc.constantFrom(...known, 'never-came', null);
const version = fc.record({
  fileId,
  state: fc.constantFrom('draft' as const, 'authorised' as const, 'superseded' as const),
  attachments: fc.array(fc.constantFrom(...known, 'never-came'), { maxLength: 2 }),
});
const drafts = fc.array(
  fc.record({
    active: fc.boolean(),
    orgUnitIds: fc.uniqueArray(fc.constantFrom(...orgUnits), { minLength: 1 }),
    versions: fc.array(version, { maxLength: 3 }),
  }),
  { minLength: 1, maxLength: 12 },
);
const selection = fc.record({
  orgUnitIds: fc.uniqueArray(fc.constantFrom(...orgUnits, 'unknown')),
  includeActive: fc.boolean(),
  includeInactive: fc.boolean(),
  excludeSuperseded: fc.boolean(),
});

const sizeOf = (id: string | null | undefined) => (known.indexOf(id ?? '') + 1) * 1_000;

/** The answer by the rule that archives are made with. */
function expected(documents: readonly RegisteredDocument[], options: Selection): SelectionSize {
  const filed = documents.filter(({ orgUnitIds }) => orgUnitIds.some((id) => options.orgUnitIds.includes(id)));
  const results = filed.map((found) => selectVersions(found, options));
  const versions = results.flatMap((result) => (result.included ? result.versions : []));
  const named = versions.flatMap((kept) => [kept.fileId, ...kept.attachments.map((attachment) => attachment.fileId)]);
  const sizes = named.map(sizeOf).filter((size) => size > 0);
  const excluded = (reason: string) => results.filter((result) => !result.included && result.reason === reason).length;
  return {
    documentCount: results.filter(({ included }) => included).length,
    fileCount: sizes.length,
    sizeBytes: sizes.reduce((sum, size) => sum + size, 0),
    totalDocumentCount: filed.length,
    excludedByActivity: excluded('byActivity'),
    excludedAsSuperseded: excluded('asSuperseded'),
  };
}

function includedIds(documents: readonly RegisteredDocument[], options: Selection): string[] {
  return documents
    .filter(({ orgUnitIds }) => orgUnitIds.some((id) => options.orgUnitIds.includes(id)))
    .filter((found) => selectVersions(found, options).included)
    .map(({ documentId }) => documentId)
    .sort();
}

async function walk(accountId: string, options: Selection, limit: number): Promise<string[]> {
  const ids: string[] = [];
  let afterDocumentId: string | null = null;
  do {
    const page = await register.documents.listPage({ accountId, selection: options, afterDocumentId, limit });
    ids.push(...page.documents.map(({ documentId }) => documentId));
    afterDocumentId = page.nextDocumentId;
  } while (afterDocumentId !== null);
  return ids;
}

let accounts = 0;

it('measures and lists exactly what an archive of the selection takes', async () => {
  await fc.assert(
    fc.asyncProperty(drafts, selection, fc.integer({ min: 1, max: 5 }), async (given, options, limit) => {
      const accountId = `account-${accounts++}`;
      const documents = given.map(({ versions, ...fields }, at) =>
        document(`d${at}`, {
          ...fields,
          versions: versions.map(({ attachments, ...rest }) => ({
            ...rest,
            attachments: attachments.map((id) => ({ fileId: id, fileName: id })),
          })),
        }),
      );
      await register.files.registerFile({ accountId, file: file('f0', { sizeBytes: 1_000 }) });
      await register.upsert(accountId, documents);
      await register.files.registerFile({ accountId, file: file('f1', { sizeBytes: 2_000 }) });
      await register.files.registerFile({ accountId, file: file('f2', { sizeBytes: 3_000 }) });
      const size = await register.documents.measure({ accountId, selection: options });
      expect(size).toEqual(expected(documents, options));
      expect(await walk(accountId, options, limit)).toEqual(includedIds(documents, options));
    }),
    { numRuns: 60 },
  );
});

describe('documents.list-page', () => {
  it('brings the known files of the page, each once, and leaves out those that never came', async () => {
    const accountId = 'files';
    await register.files.registerFile({ accountId, file: file('a') });
    await register.files.registerFile({ accountId, file: file('elsewhere') });
    const documents = [
      document('d1', { versions: [{ fileId: 'a' }, { fileId: 'never-came' }] }),
      document('d2', { versions: [{ attachments: [{ fileId: 'a', fileName: 'a' }], state: 'superseded' }] }),
      document('d3', { orgUnitIds: ['production'], versions: [{ fileId: 'elsewhere' }] }),
    ];
    await register.upsert(accountId, documents);
    const page = await register.documents.listPage({
      accountId,
      selection: everything,
      afterDocumentId: null,
      limit: 9,
    });
    expect(page).toEqual({ documents: documents.slice(0, 2), files: [file('a')], nextDocumentId: null });
  });

  it('ends a page early when its documents are large, and loses none', async () => {
    const accountId = 'large';
    const owners = Array.from({ length: 1_000 }, () => 'x'.repeat(300));
    const ids = Array.from({ length: 30 }, (_, at) => `d${10 + at}`);
    await register.upsert(
      accountId,
      ids.map((id) => document(id, { owners })),
    );
    const first = await register.documents.listPage({
      accountId,
      selection: everything,
      afterDocumentId: null,
      limit: 1_000,
    });
    expect(JSON.stringify(first).length).toBeLessThan(5 * 1024 * 1024);
    expect(await walk(accountId, everything, 1_000)).toEqual(ids);
  });

  it('finds the documents of 50,000 chosen OUs', async () => {
    const accountId = 'many-units';
    const orgUnitIds = Array.from({ length: 50_000 }, (_, at) => `ou-${at}`);
    const documents = [
      document('d1', { orgUnitIds: ['ou-49999'] }),
      document('d2', { orgUnitIds: ['elsewhere', 'ou-7'] }),
      document('d3', { orgUnitIds: ['elsewhere'] }),
    ];
    await register.upsert(accountId, documents);
    expect(await walk(accountId, { ...everything, orgUnitIds }, 100)).toEqual(['d1', 'd2']);
  });
});
