// Documents that lie in no OU which the directory has.
import type { Payload } from '@account-backups/contracts';
import { UnfiledRepository } from '@account-backups/documents/unfiled/unfiled.repository.js';
import { UnfiledService } from '@account-backups/documents/unfiled/unfiled.service.js';
import fc from 'fast-check';
import type { DataSource, EntityManager } from 'typeorm';
import { document, openRegister, type Register } from './harness.js';

let register: Register;

beforeAll(async () => {
  register = await openRegister();
});

afterAll(() => register.close());

type Question = Payload<'documents.list-unfiled'>;

function asked(accountId: string, knownOrgUnitIds: string[], limit = 200): Question {
  const all = { includeActive: true, includeInactive: true, excludeSuperseded: false };
  return { accountId, selection: { knownOrgUnitIds, ...all }, limit, cursor: null };
}

/** The ids on each page. */
async function pagesOf(question: Question): Promise<string[][]> {
  const pages: string[][] = [];
  for (let cursor: string | null = null; ;) {
    const page = await register.unfiled.listUnfiled({ ...question, cursor });
    pages.push(page.items.map(({ documentId }) => documentId));
    if (page.nextCursor === null) return pages;
    cursor = page.nextCursor;
  }
}

it('gives id, title and OUs of each, and none of which one OU is known', async () => {
  await register.upsert('some', [
    document('a', { orgUnitIds: ['moon', 'mars'], title: 'Lost' }),
    document('b', { orgUnitIds: ['moon', 'chem'] }),
    document('c', { orgUnitIds: ['chem', 'moon'] }),
    document('d', { orgUnitIds: ['chem'] }),
  ]);
  await register.upsert('other', [document('e', { orgUnitIds: ['moon'] })]);
  await expect(register.unfiled.listUnfiled(asked('some', ['chem']))).resolves.toEqual({
    items: [{ documentId: 'a', title: 'Lost', orgUnitIds: ['moon', 'mars'] }],
    nextCursor: null,
  });
});

it('gives what the options take', async () => {
  await register.upsert('options', [
    document('active', { orgUnitIds: ['moon'] }),
    document('inactive', { orgUnitIds: ['moon'], active: false }),
    document('old', { orgUnitIds: ['moon'], versions: [{ state: 'superseded' }] }),
  ]);
  const question = asked('options', []);
  const selection = { ...question.selection, includeInactive: false, excludeSuperseded: true };
  expect(await pagesOf({ ...question, selection })).toEqual([['active']]);
});

it('fills its pages, and ends with the last one', async () => {
  const ids = Array.from({ length: 6 }, (_, at) => `d${at}`);
  await register.upsert(
    'full',
    ids.map((id, at) => document(id, { orgUnitIds: [at % 2 ? 'mars' : 'moon'] })),
  );
  expect(await pagesOf(asked('full', [], 3))).toEqual([
    ['d1', 'd3', 'd5'],
    ['d0', 'd2', 'd4'],
  ]);
  expect(await pagesOf(asked('full', ['mars', 'moon']))).toEqual([[]]);
});

it('refuses a cursor that it did not give', async () => {
  const question = { ...asked('none', []), cursor: 'bm90IG1pbmUgYXQgYWxs' };
  await expect(register.unfiled.listUnfiled(question)).rejects.toMatchObject({ code: 'VALIDATION_FAILED' });
});

it('gives each once, on pages of any length, whatever is known', async () => {
  const units = ['a', 'b', 'B', 'c', 'a:1', '_'];
  let accounts = 0;
  const documents = fc.array(fc.uniqueArray(fc.constantFrom(...units), { minLength: 1 }), {
    minLength: 1,
    maxLength: 12,
  });
  const property = fc.asyncProperty(
    documents,
    fc.subarray(units),
    fc.integer({ min: 1, max: 5 }),
    async (filed, known, limit) => {
      const accountId = `any-${(accounts += 1)}`;
      await register.upsert(
        accountId,
        filed.map((orgUnitIds, at) => document(`d${at}`, { orgUnitIds })),
      );
      const expected = filed.flatMap((ids, at) => (ids.some((id) => known.includes(id)) ? [] : [`d${at}`]));
      const pages = await pagesOf(asked(accountId, known, limit));
      expect(pages.flat().toSorted()).toEqual(expected.toSorted());
      expect(pages.filter((page) => page.length > limit)).toEqual([]);
    },
  );
  await fc.assert(property, { numRuns: 40 });
});

it('reads a page of many documents, not all of them', async () => {
  await register.database.query(`
    INSERT INTO documents.documents (account_id, document_id, active, org_unit_ids, all_superseded, current_files,
      current_bytes, superseded_files, superseded_bytes, page_bytes)
    SELECT 'many', 'd' || lpad(number::text, 7, '0'), true,
      ARRAY[CASE WHEN number % 50000 = 0 THEN 'moon' ELSE 'unit-' || number % 50 END], false, 0, 0, 0, 0, 100
    FROM generate_series(1, 100000) AS number`);
  await register.database.query(`
    INSERT INTO documents.document_bodies (account_id, document_id, body)
    SELECT account_id, document_id, '{"title": "T"}' FROM documents.documents WHERE account_id = 'many'`);
  await register.database.query('ANALYZE documents.documents');
  const units = Array.from({ length: 50 }, (_, at) => `unit-${at}`);
  const few = await looked(asked('many', units));
  expect(few.documentIds).toEqual(['d0050000', 'd0100000']);
  expect(few.rowsRead).toBeGreaterThan(0);
  expect(few.rowsRead).toBeLessThan(200);
  const all = await looked(asked('many', [], 100));
  expect(all.documentIds).toHaveLength(100);
  expect(all.rowsRead).toBeLessThan(10_000);
});

/** A page, and how many documents Postgres read for it. */
async function looked(question: Question) {
  return register.database.transaction(async (manager) => {
    const unfiled = new UnfiledService(new UnfiledRepository(manager as unknown as DataSource));
    // Postgres may still count what the connection read before this transaction.
    const before = await documentsRead(manager);
    const { items } = await unfiled.listUnfiled(question);
    const rowsRead = (await documentsRead(manager)) - before;
    return { documentIds: items.map(({ documentId }) => documentId), rowsRead };
  });
}

async function documentsRead(manager: EntityManager): Promise<number> {
  const [row] = await manager.query<{ read: string }[]>(
    `SELECT seq_tup_read + coalesce(idx_tup_fetch, 0) AS read FROM pg_stat_xact_user_tables
     WHERE schemaname = 'documents' AND relname = 'documents'`,
  );
  return Number(row?.read);
}
