import fc from 'fast-check';
import type { RegisteredVersion } from '@account-backups/contracts';
import type { ArchivedScope } from '../record/archived-scope.js';
import { aDocument, aVersion, contentOf } from '../testing/documents.js';
import { anyText } from '../testing/hostile-text.js';
import { anOrgUnit } from '../testing/org-units.js';
import { DocumentPlanner } from './document-planner.js';
import { OrgUnitFolders } from './org-unit-folders.js';
import { foldName } from './taken-names.js';

const bagRoot = 'northfield_20251123T160400Z_1a2b3c4d';
const plain: ArchivedScope = { facilities: [], orgUnits: [anOrgUnit({ orgUnitId: 'chemistry', name: 'Chemistry' })] };
const longest: ArchivedScope = {
  facilities: [{ facilityId: 'f', name: 'F'.repeat(200) }],
  orgUnits: [anOrgUnit({ orgUnitId: 'chemistry', name: 'O'.repeat(200), facilityId: 'f' })],
};

function planner(scope: ArchivedScope = plain, root = bagRoot) {
  return new DocumentPlanner({ bagRoot: root, folders: new OrgUnitFolders(scope, root), expectedDocuments: 1_000 });
}

describe('DocumentPlanner', () => {
  it('places a file by OU, document and version', () => {
    const document = aDocument();
    const record = planner().plan({ document, versions: document.versions, contentOf });
    expect(record.files.map(({ path }) => path)).toEqual([
      'data/documents/Chemistry/SOP-001__Handling of samples/1.0_authorised/samples.pdf',
    ]);
  });

  it('puts the facility above the OU', () => {
    const scope = {
      facilities: [{ facilityId: 'f', name: 'North Site' }],
      orgUnits: [anOrgUnit({ orgUnitId: 'chemistry', name: 'Chemistry', facilityId: 'f' })],
    };
    const document = aDocument();
    const { files } = planner(scope).plan({ document, versions: document.versions, contentOf });
    expect(files[0]?.path).toMatch(/^data\/documents\/North Site\/Chemistry\/SOP-001__/);
  });

  it('gives a title most of the room beside a file that is alone, and cuts it between words', () => {
    const document = aDocument({
      index: 'SOP-0123',
      title: 'Calibration of balances and scales in the laboratory',
      versions: [aVersion({ fileName: 'SOP-0123 Calibration of balances and scales v1.docx' })],
    });
    const { files } = planner(longest).plan({ document, versions: document.versions, contentOf });
    const folder = `data/documents/${'F'.repeat(18)}/${'O'.repeat(18)}`;
    expect(files[0]?.path).toBe(`${folder}/SOP-0123__Calibration/1.0_authorised/SOP-0123 Calibrati.docx`);
  });

  it('tells a file that never came as an exception and gives it no path', () => {
    const document = aDocument();
    const record = planner().plan({ document, versions: document.versions, contentOf: () => null });
    expect(record.files).toEqual([]);
    expect(record.exceptions).toEqual([
      expect.objectContaining({ documentId: 'doc-1', versionId: 'ver-1', fileId: 'file-1', code: 'FILE_MISSING' }),
    ]);
  });

  it('takes an external document for a row, not for an exception', () => {
    const versions = [aVersion({ fileId: null, fileName: null, externalUrl: 'https://example.org/act' })];
    const record = planner().plan({ document: aDocument({ versions }), versions, contentOf });
    expect(record).toMatchObject({ versionIds: ['ver-1'], files: [], exceptions: [] });
  });

  it('tells documents of one index and title apart, whatever their case', () => {
    const place = planner();
    const versions = [aVersion()];
    const first = place.plan({ document: aDocument(), versions, contentOf });
    const second = place.plan({ document: aDocument({ documentId: 'doc-2', index: 'sop-001' }), versions, contentOf });
    expect(first.files[0]?.path).toContain('/SOP-001__Handling of samples/');
    expect(second.files[0]?.path).toMatch(/\/sop-001__Handling of samples~[0-9a-f]{6}\//);
  });

  it('tells versions of one number and state apart', () => {
    const versions = [aVersion(), aVersion({ versionId: 'ver-2', fileId: 'file-2' })];
    const { files } = planner().plan({ document: aDocument({ versions }), versions, contentOf });
    expect(files[1]?.path).toMatch(/\/1\.0~[0-9a-f]{6}_authorised\/samples\.pdf$/);
  });

  it('tells files of one name in one version apart', () => {
    const attachments = [{ fileId: 'file-1', fileName: 'SAMPLES.pdf' }];
    const versions = [aVersion({ attachments })];
    const { files } = planner().plan({ document: aDocument({ versions }), versions, contentOf });
    expect(files[1]?.path).toMatch(/\/SAMPLES~[0-9a-f]{6}\.pdf$/);
  });

  it('names a nameless file by its media type', () => {
    const versions = [aVersion({ fileName: null })];
    const { files } = planner().plan({ document: aDocument({ versions }), versions, contentOf });
    expect(files[0]).toMatchObject({ originalName: '', path: expect.stringMatching(/\/document\.pdf$/) });
  });

  it('gives the same paths for the same documents in the same order', () => {
    const plan = () => {
      const place = planner();
      const versions = [aVersion()];
      return ['a', 'b', 'c'].map((documentId) =>
        place.plan({ document: aDocument({ documentId }), versions, contentOf }),
      );
    };
    expect(plan()).toEqual(plan());
  });

  it('keeps to the limits where everything is as long as it can be', () => {
    const attachments = [1, 2].map((at) => ({ fileId: `att-${at}`, fileName: `${'f'.repeat(400)}.markdown` }));
    const version = { number: '9'.repeat(50), state: 'awaiting_authorisation', attachments } as const;
    const versions = [aVersion(version), aVersion({ ...version, versionId: 'ver-2' })];
    const place = planner(longest, 'r'.repeat(38));
    const records = ['doc-1', 'doc-2'].map((documentId) =>
      place.plan({ document: aDocument({ documentId, title: 't'.repeat(900), versions }), versions, contentOf }),
    );
    const paths = records.flatMap(({ files }) => files.map(({ path }) => `${'r'.repeat(38)}/${path}`));
    expect(new Set(paths.map(foldName)).size).toBe(12);
    expect(Math.max(...paths.map(({ length }) => length))).toBeLessThanOrEqual(150);
    expect(paths.every((path) => /\.markdown$|\.pdf$/.test(path))).toBe(true);
  });

  it('gives every file its own short path for any registered text', () => {
    const version = fc.record({
      number: anyText,
      state: fc.constantFrom('draft', 'awaiting_authorisation', 'superseded'),
      fileName: fc.option(anyText),
      attachments: fc.array(fc.record({ fileId: fc.constantFrom('x', 'y'), fileName: anyText }), { maxLength: 3 }),
    });
    const document = fc.record({ index: anyText, title: anyText, versions: fc.array(version, { maxLength: 3 }) });
    fc.assert(
      fc.property(fc.array(document, { maxLength: 5 }), fc.constantFrom(plain, longest), (documents, scope) => {
        const place = planner(scope);
        const records = documents.map(({ versions, ...texts }, number) => {
          const all = versions.map((v, at) => aVersion({ ...v, versionId: `v${at}` }) as RegisteredVersion);
          const registered = aDocument({ ...texts, documentId: `d${number}`, versions: all });
          return place.plan({ document: registered, versions: all, contentOf });
        });
        const paths = records.flatMap(({ files }) => files.map(({ path }) => path));
        expect(new Set(paths.map(foldName)).size).toBe(paths.length);
        expect(new Set(paths.map((path) => path.normalize('NFC').toLowerCase())).size).toBe(paths.length);
        expect(paths.filter((path) => `${bagRoot}/${path}`.length > 150)).toEqual([]);
        expect(paths.filter((path) => path.split('/').some((part) => part.length > 60 || /^\.*$/.test(part)))).toEqual(
          [],
        );
      }),
      { numRuns: 300 },
    );
  });
});
