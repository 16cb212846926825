import { documentIntake, registeredDocument } from './documents.js';
import { faultsOf } from './validation.js';

const version = { number: '1', state: 'draft', createdAt: '2026-03-01T09:30:00Z' };
const aDocument = (versions: readonly object[]) => ({
  documentId: 'd',
  index: 'S-1',
  title: 'Title',
  type: 'SOP',
  orgUnitIds: ['lab'],
  versions,
});
const faults = (versions: readonly object[]) => {
  const { error } = documentIntake.safeParse(aDocument(versions));
  return error ? faultsOf(error) : [];
};
const attachments = (count: number) =>
  Array.from({ length: count }, (_, at) => ({ fileId: `f${at}`, fileName: 'form.pdf' }));

describe('a document at the door', () => {
  it('names each version once', () => {
    const versions = ['a', 'b', 'a', 'a'].map((versionId) => ({ versionId, ...version }));
    expect(faults(versions)).toEqual(
      [2, 3].map((at) => ({ path: `versions[${at}].versionId`, message: 'a is the id of versions[0] already' })),
    );
    expect(registeredDocument.safeParse(aDocument(versions)).success).toBe(true);
  });

  it('has no more files than one message carries', () => {
    const versions = Array.from({ length: 10 }, (_, at) => ({
      versionId: `v${at}`,
      ...version,
      attachments: attachments(1_000),
    }));
    expect(faults(versions)).toEqual([]);
    const [first, ...others] = versions;
    const message = expect.stringContaining('10000 files');
    expect(faults([{ ...first, fileId: 'main', fileName: 'a.pdf' }, ...others])).toEqual([
      { path: 'versions', message },
    ]);
  });

  it.each([
    ['2016-12-31T23:59:60Z', 'seconds from 00 to 59'],
    ['2026-02-30T00:00:00Z', 'such as 2026-03-01T09:30:00Z'],
    ['1 March 2026', 'such as 2026-03-01T09:30:00Z'],
  ])('is told what a time looks like instead of %s', (createdAt, words) => {
    expect(faults([{ versionId: 'v', ...version, createdAt }])).toEqual([
      { path: 'versions[0].createdAt', message: expect.stringContaining(words) },
    ]);
  });
});
