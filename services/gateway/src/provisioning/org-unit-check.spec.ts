import { AppError, registeredDocument } from '@account-backups/contracts';
import { OrgUnitCheck } from './org-unit-check.js';

function onLine(line: number, ...orgUnitIds: string[]) {
  const document = { documentId: `d${line}`, index: 'SOP-1', title: 'Title', type: 'SOP', orgUnitIds };
  return { line, document: registeredDocument.parse(document) };
}

/** A directory with these OUs, and what it was asked for. */
function directoryOf(...known: string[]) {
  const asked: string[][] = [];
  const request = async (_message: string, { orgUnitIds }: { readonly orgUnitIds: string[] }) => {
    asked.push(orgUnitIds);
    const orgUnits = orgUnitIds.filter((id) => known.includes(id)).map((orgUnitId) => ({ orgUnitId, name: orgUnitId }));
    return { orgUnits };
  };
  return { asked, check: new OrgUnitCheck({ request } as never, 'lab') };
}

describe('the check of OUs', () => {
  it('tells each OU that a document names and the directory does not have', async () => {
    const { check } = directoryOf('chem');
    const warnings = await check.warningsOf([onLine(1, 'chem'), onLine(2, 'chem', 'moon', 'moon'), onLine(4, 'mars')]);
    const message = 'document d2 names the OU moon, which the directory does not have';
    expect(warnings).toEqual([
      { line: 2, code: 'ORG_UNIT_UNKNOWN', message, documentId: 'd2', orgUnitId: 'moon' },
      expect.objectContaining({ line: 4, documentId: 'd4', orgUnitId: 'mars' }),
    ]);
  });

  it('asks once for a batch, and not again for what is known', async () => {
    const { asked, check } = directoryOf('chem', 'bio');
    await check.warningsOf([onLine(1, 'chem'), onLine(2, 'moon', 'chem')]);
    await check.warningsOf([onLine(3, 'chem')]);
    await check.warningsOf([onLine(4, 'chem', 'moon', 'bio')]);
    expect(asked).toEqual([
      ['chem', 'moon'],
      ['moon', 'bio'],
    ]);
  });

  it('asks for a thousand OUs at most, and tells none that it did not ask for', async () => {
    const { asked, check } = directoryOf();
    const [one, other] = [0, 1].map((half) => Array.from({ length: 600 }, (_, at) => `u${half}-${at}`));
    const warnings = await check.warningsOf([onLine(1, ...(one ?? [])), onLine(2, ...(other ?? []))]);
    expect([asked[0]?.length, warnings.length]).toEqual([1_000, 1_000]);
  });

  it('says once that nobody looked when the directory is away, and asks no more', async () => {
    let questions = 0;
    const request = async () => {
      questions += 1;
      throw new AppError('REQUEST_TIMED_OUT', 'no answer');
    };
    const check = new OrgUnitCheck({ request } as never, 'lab');
    expect(await check.warningsOf([onLine(7, 'chem')])).toMatchObject([{ line: 7, code: 'ORG_UNITS_UNCHECKED' }]);
    expect(await check.warningsOf([onLine(8, 'moon')])).toEqual([]);
    expect(questions).toBe(1);
  });
});
