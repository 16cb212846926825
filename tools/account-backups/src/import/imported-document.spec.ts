import { hostId } from '@account-backups/contracts';
import fc from 'fast-check';
import { importedDocument } from './imported-document.js';
import { earlierImportIds, importIds } from './imported-ids.js';

const defaults = { orgUnitId: 'quality', type: 'SOP' };
const fileAt = (path: string) => ({ path, modifiedMs: Date.parse('2026-02-03T04:05:06Z') });
const ids = importIds({ orgUnitId: 'quality', path: 'x' }, 'ab'.repeat(32));

describe('importedDocument', () => {
  it('is one authorised version named after the file', () => {
    const document = importedDocument(fileAt('forms/Fridge check.pdf'), {}, defaults, ids);
    expect(document).toMatchObject({
      index: 'Fridge check',
      title: 'Fridge check',
      type: 'SOP',
      orgUnitIds: ['quality'],
    });
    expect(document.versions).toMatchObject([
      { number: '1.0', state: 'authorised', createdAt: '2026-02-03T04:05:06.000Z', mediaType: 'application/pdf' },
    ]);
  });

  it('takes every word that metadata says instead', () => {
    const metadata = {
      title: 'Check',
      orgUnits: ['a', 'b'],
      state: 'draft',
      version: '0.1',
      createdAt: '2024-01-02',
      active: false,
    };
    const document = importedDocument(fileAt('x.pdf'), metadata, defaults, ids);
    expect(document).toMatchObject({ title: 'Check', orgUnitIds: ['a', 'b'], active: false });
    expect(document.versions).toMatchObject([{ number: '0.1', state: 'draft', createdAt: '2024-01-02T00:00:00.000Z' }]);
  });

  it.each([
    ['bmp', 'image/bmp'],
    ['csv', 'text/csv'],
    ['doc', 'application/msword'],
    ['docx', 'application/vnd.openxmlformats-officedocument.wordprocessingml.document'],
    ['html', 'text/html'],
    ['JPG', 'image/jpeg'],
    ['json', 'application/json'],
    ['md', 'text/markdown'],
    ['mp4', 'video/mp4'],
    ['odt', 'application/vnd.oasis.opendocument.text'],
    ['png', 'image/png'],
    ['pptx', 'application/vnd.openxmlformats-officedocument.presentationml.presentation'],
    ['rtf', 'application/rtf'],
    ['svg', 'image/svg+xml'],
    ['tif', 'image/tiff'],
    ['txt', 'text/plain'],
    ['xls', 'application/vnd.ms-excel'],
    ['xlsx', 'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet'],
    ['xml', 'application/xml'],
    ['zip', 'application/zip'],
    ['unheard-of', 'application/octet-stream'],
  ])('takes a file that ends in .%s for %s', (ending, mediaType) => {
    const document = importedDocument(fileAt(`forms/check.${ending}`), {}, defaults, ids);
    expect(document.versions[0]?.mediaType).toBe(mediaType);
  });

  it.each([
    [9e15, '9999-12-31T23:59:59.999Z'],
    [253_402_300_800_000, '9999-12-31T23:59:59.999Z'],
    [-9e15, '0000-01-01T00:00:00.000Z'],
  ])('takes the nearest time for one of a disk that nobody can tell: %d', (modifiedMs, createdAt) => {
    const document = importedDocument({ path: 'x.pdf', modifiedMs }, {}, defaults, ids);
    expect(document.versions).toMatchObject([{ createdAt }]);
  });

  it('cuts no character of a long name in two', () => {
    const document = importedDocument(fileAt(`${'x'.repeat(99)}🧪 procedure.pdf`), {}, defaults, ids);
    expect(document.index).toBe('x'.repeat(99));
  });

  it('shows a file name without its control characters', () => {
    const document = importedDocument(fileAt('new\nline.txt'), {}, defaults, ids);
    expect(document.versions[0]?.fileName).toBe('new_line.txt');
  });

  it.each([{ state: 'final' }, { owners: 'Ada' }, { createdAt: 'yesterday' }, { reviewFrequencyMonths: Number.NaN }])(
    'refuses %j',
    (metadata) => {
      expect(() => importedDocument(fileAt('x.pdf'), metadata, defaults, ids)).toThrow(
        expect.objectContaining({ code: 'VALIDATION_FAILED' }),
      );
    },
  );
});

describe('importIds', () => {
  it('keep the document and change the file when the content changes', () => {
    const before = importIds({ orgUnitId: 'q', path: 'a' }, '1');
    const after = importIds({ orgUnitId: 'q', path: 'a' }, '2');
    expect(after.documentId).toBe(before.documentId);
    expect(after.fileId).not.toBe(before.fileId);
  });

  it('are ids for any path, and differ where OU or path differ, and from those of before', () => {
    const text = fc.string({ unit: 'grapheme', maxLength: 3 }).filter((path) => !path.includes('\0'));
    const identity = fc.record({ orgUnitId: fc.constantFrom('a', 'ab', 'b'), path: text });
    fc.assert(
      fc.property(identity, identity, (left, right) => {
        const [one, other] = [importIds(left, ''), importIds(right, '')];
        expect(Object.values(one).every((id) => hostId.safeParse(id).success)).toBe(true);
        const isSame = left.orgUnitId === right.orgUnitId && left.path === right.path;
        expect([one.documentId === other.documentId, one.fileId === other.fileId]).toEqual([isSame, isSame]);
        expect(one.documentId).not.toBe(earlierImportIds(right.path, '').documentId);
      }),
    );
  });
});
