// What the answer to a call of the host says about documents and directories that are taken, or come too late.
import { directory } from '../support/laboratory.js';
import { sharedLaboratory, type Laboratory } from '../support/provisioned-system.js';

let lab: Laboratory;
beforeAll(async () => {
  lab = await sharedLaboratory([]);
}, 300_000);

const sop = { documentId: 'sop', index: 'SOP-900', title: 'Title', type: 'SOP', orgUnitIds: ['chem'] };

function send(...documents: readonly object[]) {
  const lines = documents.map((document) => JSON.stringify(document)).join('\n');
  return lab.host.raw<object>('POST', `${lab.path}/documents`, lines, 'application/x-ndjson');
}

it('counts an older document as accepted and as unchanged, and says what is known', async () => {
  await send({ ...sop, revision: 5, title: 'Fifth' });
  const { status, body } = await send({ ...sop, documentId: 'other' }, { ...sop, revision: 4, title: 'Fourth' });
  const message = 'revision 4 of document sop changes nothing: revision 5 is known already';
  const warning = { line: 2, code: 'OLDER_REVISION', message, documentId: 'sop', found: 4, stored: 5 };
  expect(status).toBe(200);
  expect(body).toEqual({ accepted: 2, unchanged: 1, rejected: [], warnings: [warning], warningCount: 1 });
  const known = await lab.host.get(`${lab.path}/documents/sop`);
  expect(known.body).toMatchObject({ revision: 5, title: 'Fifth' });
});

it.each([-1, 1.5, '5', 2 ** 60])('rejects a document of revision %j by its number', async (revision) => {
  const { body } = await send(sop, { ...sop, documentId: 'wrong', revision });
  expect(body).toMatchObject({ accepted: 1, rejected: [{ line: 2, code: 'VALIDATION_FAILED' }] });
});

it('takes a document of an OU that the directory does not have, and says so', async () => {
  const { body } = await send(sop, { ...sop, documentId: 'lost', orgUnitIds: ['chem', 'moon'] });
  expect(body).toMatchObject({
    accepted: 2,
    rejected: [],
    warnings: [{ line: 2, code: 'ORG_UNIT_UNKNOWN', documentId: 'lost', orgUnitId: 'moon' }],
  });
});

it('lists the first thousand warnings, in the order of the lines, and counts all', async () => {
  const lost = Array.from({ length: 1_200 }, (_, at) => ({ ...sop, documentId: `lost-${at}`, orgUnitIds: ['moon'] }));
  const { body } = await send(...lost);
  const lines = (body as { warnings: { line: number }[] }).warnings.map(({ line }) => line);
  expect(lines).toEqual(Array.from({ length: 1_000 }, (_, at) => at + 1));
  expect(body).toMatchObject({ accepted: 1_200, warningCount: 1_200 });
});

it('refuses an older directory', async () => {
  const put = (revision: number) => lab.host.put(`${lab.path}/directory`, { ...directory, revision });
  expect((await put(5)).status).toBe(200);
  expect(await put(4)).toMatchObject({ status: 409, body: { code: 'OLDER_REVISION', errors: [{ path: 'revision' }] } });
  expect((await put(5)).status).toBe(200);
});

it('lists documents that lie in no OU of the directory', async () => {
  await send({ ...sop, documentId: 'unfiled', title: 'Of the moon', orgUnitIds: ['a-moon', 'phobos'] });
  const unfiled = `${lab.path}/documents/unfiled`;
  const { status, body } = await lab.host.get<Page>(`${unfiled}?limit=200`);
  expect(status).toBe(200);
  expect(body.items).toContainEqual({ documentId: 'unfiled', title: 'Of the moon', orgUnitIds: ['a-moon', 'phobos'] });
  expect(body.items.map(({ documentId }) => documentId)).not.toContain('lost');
  const next = await lab.host.get<Page>(`${unfiled}?limit=200&cursor=${body.nextCursor}`);
  expect(next.body.items).toHaveLength(200);
  expect(await lab.host.get(`${unfiled}?limit=0`)).toMatchObject({ status: 400, body: { code: 'VALIDATION_FAILED' } });
  expect(await lab.admin.get(unfiled)).toMatchObject({ status: 403, body: { code: 'SCOPE_MISSING' } });
  const nobody = unfiled.replace(lab.accountId, 'nobody');
  expect(await lab.host.get(nobody)).toMatchObject({ status: 404, body: { code: 'NOT_FOUND' } });
});

interface Page {
  readonly items: readonly { readonly documentId: string }[];
  readonly nextCursor: string | null;
}
