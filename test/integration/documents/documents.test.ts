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
    await expect(register.upsert('whole', [whole])).resolves.toEqual({ accepted: 1, unchanged: 0, older: [] });
    expect(await listed('whole')).toEqual([whole]);
  });

  it('takes SQL for a text like any other', async () => {
    const sly = document('sly', { title: `'); DROP TABLE documents; --`, type: `' OR '1'='1` });
    await register.upsert('sly', [sly]);
    expect(await listed('sly')).toEqual([sly]);
    expect(await listed('nobody')).toEqual([]);
  });

  it('replaces what was known, its places and its files', async () => {
    await register.files.registerFile({ accountId: 'replace', file: file('old') });
    await register.files.registerFile({ accountId: 'replace', file: file('new', { sizeBytes: 7 }) });
    const before = document('d', { versions: [{ fileId: 'old' }, { fileId: 'old' }] });
    const after = document('d', { title: 'Newer', versions: [{ fileId: 'new' }] });
    await register.upsert('replace', [before]);
    await register.upsert('replace', [after]);
    expect(await listed('replace')).toEqual([after]);
    expect(await measured('replace')).toMatchObject({ documentCount: 1, fileCount: 1, sizeBytes: 7 });
  });

  it('takes the last one of a doubled id', async () => {
    const documents = [document('d', { title: 'First' }), document('d', { title: 'Last' })];
    await expect(register.upsert('doubled', documents)).resolves.toEqual({ accepted: 2, unchanged: 0, older: [] });
    expect((await listed('doubled')).map(({ title }) => title)).toEqual(['Last']);
  });

  it('does not deadlock when the same documents come many times at once in any order', async () => {
    const ids = Array.from({ length: 200 }, (_, at) => `d${at}`);
    const batch = (order: readonly string[]) => order.map((id) => document(id, { versions: [{ fileId: id }] }));
    const batches = Array.from({ length: 16 }, (_, at) => batch(at % 2 ? ids : ids.toReversed()));
    const deletions = Array.from({ length: 8 }, () => ids.toReversed());
    await Promise.all([
      ...batches.map((documents) => register.upsert('crowd', documents)),
      ...deletions.map((documentIds) => register.delete('crowd', documentIds)),
      ...ids.slice(0, 20).map((id) => register.files.registerFile({ accountId: 'crowd', file: file(id) })),
    ]);
    await register.upsert('crowd', batch(ids));
    expect(await measured('crowd')).toMatchObject({ documentCount: 200, fileCount: 20, sizeBytes: 2_000 });
  });
});

describe('a change that was begun earlier and comes later', () => {
  const begun = () => register.documents.beginChange();

  it('does not replace what a later one registered, nor its files', async () => {
    await register.files.registerFile({ accountId: 'late', file: file('new', { sizeBytes: 7 }) });
    const early = await begun();
    await register.upsert('late', [document('d', { title: 'Newer', versions: [{ fileId: 'new' }] })]);
    const late = [document('d', { title: 'Older' }), document('e')];
    const answer = register.documents.upsert({ accountId: 'late', ...early, documents: late });
    await expect(answer).resolves.toEqual({ accepted: 2, unchanged: 1, older: [] });
    expect((await listed('late')).map(({ title }) => title)).toEqual(['Newer', 'Cleaning of vessels']);
    expect(await measured('late')).toMatchObject({ documentCount: 2, fileCount: 1, sizeBytes: 7 });
  });

  it('does not bring back what a later one deleted, known before or not', async () => {
    const early = await begun();
    await register.upsert('revived', [document('d')]);
    await register.delete('revived', ['d', 'unknown']);
    const documents = [document('d'), document('unknown'), document('other')];
    await register.documents.upsert({ accountId: 'revived', ...early, documents });
    expect((await listed('revived')).map(({ documentId }) => documentId)).toEqual(['other']);
    await register.upsert('revived', [document('d')]);
    expect(await listed('revived')).toHaveLength(2);
  });

  it('does not delete what a later one registered', async () => {
    const early = await begun();
    await register.upsert('kept', [document('d')]);
    const answer = register.documents.delete({ accountId: 'kept', ...early, documentIds: ['d'] });
    await expect(answer).resolves.toEqual({ deleted: 0 });
    expect(await listed('kept')).toHaveLength(1);
  });

  it('does not weaken a later deletion', async () => {
    const first = await begun();
    const second = await begun();
    await register.delete('twice', ['d']);
    await register.documents.delete({ accountId: 'twice', ...first, documentIds: ['d'] });
    await register.documents.upsert({ accountId: 'twice', ...second, documents: [document('d')] });
    expect(await listed('twice')).toEqual([]);
  });

  it('may send the same again', async () => {
    const change = { accountId: 'same', ...(await begun()), documents: [document('d')] };
    await register.documents.upsert(change);
    await register.documents.upsert({ ...change, documents: [document('d', { title: 'Renamed' })] });
    expect((await listed('same')).map(({ title }) => title)).toEqual(['Renamed']);
  });

  it('is remembered for a day', async () => {
    await register.delete('old', ['d']);
    const age = `
      UPDATE documents.deleted_documents SET deleted_at = now() - interval '25 hours' WHERE account_id = 'old'`;
    await register.database.query(age);
    await register.delete('old', ['e']);
    const left = await register.database.query(
      `SELECT document_id FROM documents.deleted_documents WHERE account_id = 'old'`,
    );
    expect(left).toEqual([{ document_id: 'e' }]);
  });
});

describe('documents.delete', () => {
  it('removes documents, counts those that were there, and keeps their files', async () => {
    await register.files.registerFile({ accountId: 'delete', file: file('f') });
    const documents = [document('a', { versions: [{ fileId: 'f' }] }), document('b')];
    await register.upsert('delete', documents);
    const answer = register.delete('delete', ['a', 'unknown']);
    await expect(answer).resolves.toEqual({ deleted: 1 });
    expect((await listed('delete')).map(({ documentId }) => documentId)).toEqual(['b']);
    await expect(register.files.getFile({ accountId: 'delete', fileId: 'f' })).resolves.toEqual(file('f'));
  });

  it('leaves the same id of another account alone', async () => {
    await register.upsert('one', [document('d')]);
    await register.upsert('two', [document('d')]);
    await register.delete('one', ['d']);
    expect(await listed('two')).toHaveLength(1);
  });
});
