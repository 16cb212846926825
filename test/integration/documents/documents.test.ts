import type { RegisteredDocument } from '@account-backups/contracts';
import { document, everything, file, openRegister, type Register } from './harness.js';

let register: Register;

beforeAll(async () => {
  register = await openRegister();
});

afterAll(() => register.close());

async function listed(accountId: string): Promise<readonly RegisteredDocument[]> {
  const question = { accountId, selection: everything, afterDocumentId: null, limit: 1_000 };
  return (await register.documents.listPage(question)).documents;
}

const measured = (accountId: string) => register.documents.measure({ accountId, selection: everything });

describe('documents.upsert', () => {
  it('gives back what was registered, field by field', async () => {
    const whole = document('whole', {
      title: 'Reinigung – “Kessel” 🧪\\u0000',
      category: null,
      owners: ['Ada'],
      reviewFrequencyMonths: 24,
      nextReviewAt: '2027-01-01',
      versions: [{ fileId: 'f', fileName: 'a b.pdf', attachments: [{ fileId: 'g', fileName: 'c.xlsx' }] }],
    });
    await expect(register.documents.upsert({ accountId: 'whole', documents: [whole] })).resolves.toEqual({
      accepted: 1,
    });
    expect(await listed('whole')).toEqual([whole]);
  });

  it('replaces what was known, its places and its files', async () => {
    await register.files.registerFile({ accountId: 'replace', file: file('old') });
    await register.files.registerFile({ accountId: 'replace', file: file('new', { sizeBytes: 7 }) });
    const before = document('d', { versions: [{ fileId: 'old' }, { fileId: 'old' }] });
    const after = document('d', { title: 'Newer', versions: [{ fileId: 'new' }] });
    await register.documents.upsert({ accountId: 'replace', documents: [before] });
    await register.documents.upsert({ accountId: 'replace', documents: [after] });
    expect(await listed('replace')).toEqual([after]);
    expect(await measured('replace')).toMatchObject({ documentCount: 1, fileCount: 1, sizeBytes: 7 });
  });

  it('takes the last one of a doubled id', async () => {
    const documents = [document('d', { title: 'First' }), document('d', { title: 'Last' })];
    await expect(register.documents.upsert({ accountId: 'doubled', documents })).resolves.toEqual({ accepted: 2 });
    expect((await listed('doubled')).map(({ title }) => title)).toEqual(['Last']);
  });

  it('does not deadlock when the same documents come many times at once in any order', async () => {
    const ids = Array.from({ length: 200 }, (_, at) => `d${at}`);
    const batch = (order: readonly string[]) => order.map((id) => document(id, { versions: [{ fileId: id }] }));
    const batches = Array.from({ length: 16 }, (_, at) => batch(at % 2 ? ids : ids.toReversed()));
    const deletions = Array.from({ length: 8 }, () => ids.toReversed());
    await Promise.all([
      ...batches.map((documents) => register.documents.upsert({ accountId: 'crowd', documents })),
      ...deletions.map((documentIds) => register.documents.delete({ accountId: 'crowd', documentIds })),
      ...ids.slice(0, 20).map((id) => register.files.registerFile({ accountId: 'crowd', file: file(id) })),
    ]);
    await register.documents.upsert({ accountId: 'crowd', documents: batch(ids) });
    expect(await measured('crowd')).toMatchObject({ documentCount: 200, fileCount: 20, sizeBytes: 2_000 });
  });
});

describe('documents.delete', () => {
  it('removes documents, counts those that were there, and keeps their files', async () => {
    await register.files.registerFile({ accountId: 'delete', file: file('f') });
    const documents = [document('a', { versions: [{ fileId: 'f' }] }), document('b')];
    await register.documents.upsert({ accountId: 'delete', documents });
    const answer = register.documents.delete({ accountId: 'delete', documentIds: ['a', 'unknown'] });
    await expect(answer).resolves.toEqual({ deleted: 1 });
    expect((await listed('delete')).map(({ documentId }) => documentId)).toEqual(['b']);
    await expect(register.files.getFile({ accountId: 'delete', fileId: 'f' })).resolves.toEqual(file('f'));
  });

  it('leaves the same id of another account alone', async () => {
    await register.documents.upsert({ accountId: 'one', documents: [document('d')] });
    await register.documents.upsert({ accountId: 'two', documents: [document('d')] });
    await register.documents.delete({ accountId: 'one', documentIds: ['d'] });
    expect(await listed('two')).toHaveLength(1);
  });
});
