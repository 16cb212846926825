import { exceptionCountOf } from '@account-backups/contracts';
import { DocumentPlanner } from '../layout/document-planner.js';
import { OrgUnitFolders } from '../layout/org-unit-folders.js';
import { unfiled, withFailures, type ArchiveRecord } from '../record/archive-record.js';
import { addTallies, emptyTally, tallyIncluded, tallyPlanned, tallyUnseen } from '../record/archive-tally.js';
import { aDocument, aVersion, contentOf } from '../testing/documents.js';
import { someFacts } from '../testing/facts.js';
import { anOrgUnit } from '../testing/org-units.js';
import { provenanceJson } from './provenance.js';

const scope = { facilities: [], orgUnits: [anOrgUnit({ orgUnitId: 'chemistry', name: 'Chemistry' })] };
const folders = new OrgUnitFolders(scope, 'r');
const input = { scope, folders, builtAt: '2025-07-23T16:10:00.000Z' };

function aRecord(): ArchiveRecord {
  const attachments = [{ fileId: 'missing', fileName: 'x.txt' }];
  const old = aVersion({ versionId: 'old', state: 'superseded', fileId: 'file-0' });
  const document = aDocument({ versions: [old, aVersion({ attachments })] });
  const planner = new DocumentPlanner({ bagRoot: 'r', folders, expectedDocuments: 1 });
  const known = (fileId: string) => (fileId === 'missing' ? null : contentOf(fileId));
  return planner.plan({ document, versions: document.versions.slice(1), contentOf: known });
}

const parsed = (of: Parameters<typeof provenanceJson>[0]) => JSON.parse(Array.from(provenanceJson(of)).join(''));

describe('provenance', () => {
  it('accounts for documents, versions and files', () => {
    const parts = [tallyIncluded(aRecord()), tallyUnseen(1, 'asSuperseded'), tallyUnseen(5, 'byActivity')];
    const tally = parts.reduce(addTallies, emptyTally);
    const { counts } = parsed({ ...input, facts: someFacts({ tally }) });
    expect(counts).toEqual({
      documents: { expected: 7, included: 1, excluded: { byActivity: 5, asSuperseded: 1 }, exceptions: 0 },
      versions: { expected: 2, included: 1, excluded: { byActivity: 0, asSuperseded: 1 }, exceptions: 0 },
      files: { expected: 3, included: 1, excluded: { byActivity: 0, asSuperseded: 1 }, exceptions: 1 },
      includedFileSizeBytes: 6,
    });
  });

  it('still accounts for all when a file failed in the build', () => {
    const record = aRecord();
    const failure = { code: 'SOURCE_UNUSABLE', message: 'Its content has changed.' };
    const closed = withFailures(record, new Map([[record.files[0]?.path ?? '', failure]]));
    expect(closed.exceptions.map(({ fileId, code }) => [fileId, code])).toEqual([
      ['missing', 'FILE_MISSING'],
      ['file-1', 'SOURCE_UNUSABLE'],
    ]);
    const facts = someFacts({ tally: tallyIncluded(closed) });
    expect(() => parsed({ ...input, facts })).not.toThrow();
  });

  it('accounts for documents that lie in no known OU', () => {
    const lost = unfiled({ documentId: 'lost', title: 'Lost', orgUnitIds: ['moon'] });
    const tally = [aRecord(), lost, lost].map(tallyPlanned).reduce(addTallies, emptyTally);
    const { counts } = parsed({ ...input, facts: someFacts({ tally }) });
    expect(counts.documents).toMatchObject({ expected: 3, included: 1, exceptions: 2 });
    expect(counts.files).toMatchObject({ exceptions: 1 });
    expect(exceptionCountOf(tally)).toBe(3);
  });

  it('names the folders of OUs, unless another rule named those of the plan', () => {
    const orgUnits = (folderRule: number) =>
      parsed({ ...input, facts: someFacts({ folderRule }) }).scope.orgUnits as object[];
    const named = { orgUnitId: 'chemistry', parentOrgUnitId: null, path: ['Chemistry'] };
    expect(orgUnits(2)).toEqual([{ ...named, folder: 'data/documents/Chemistry' }]);
    expect(orgUnits(1)).toEqual([named]);
  });

  it('is a line for each OU, whatever OUs and options are called', () => {
    const names = ['"orgUnits": []', '\n', '🜁'];
    const orgUnits = names.map((name, at) => anOrgUnit({ orgUnitId: `${at}`, name }));
    const many = {
      ...input,
      scope: { facilities: [], orgUnits },
      folders: new OrgUnitFolders({ facilities: [], orgUnits }, 'r'),
    };
    const told = parsed({ ...many, facts: someFacts({ bagRoot: '"orgUnits": []' }) });
    expect(told.bagRoot).toBe('"orgUnits": []');
    const paths = told.scope.orgUnits.map(({ path }: { path: string[] }) => path);
    expect(new Set(paths.flat())).toEqual(new Set(names));
  });

  it('tells thousands of OUs that lie a hundred deep', () => {
    const orgUnits = Array.from({ length: 20_000 }, (_, at) =>
      anOrgUnit({ orgUnitId: `${at}`, name: `${at}`.padEnd(300, 'n'), parentOrgUnitId: at % 100 ? `${at - 1}` : null }),
    );
    const deep = { facilities: [], orgUnits };
    const pieces = provenanceJson({
      ...input,
      scope: deep,
      folders: new OrgUnitFolders(deep, 'r'),
      facts: someFacts(),
    });
    expect(Array.from(pieces).reduce((sum, { length }) => sum + length, 0)).toBeLessThan(20 * 1_024 * 1_024);
  });

  it('refuses an archive from which a file vanished', () => {
    const facts = someFacts({ tally: tallyIncluded({ ...aRecord(), files: [] }) });
    expect(() => parsed({ ...input, facts })).toThrow('2 files are accounted for in the archive, expected 3');
  });

  it('says who asked for what', () => {
    const auditChainHead = { sequence: 7, sha256: 'b'.repeat(64) };
    expect(parsed({ ...input, facts: someFacts(), auditChainHead })).toMatchObject({
      notice: 'UNCONTROLLED COPY',
      requestedBy: { userId: 'ada', name: 'Ada Hall' },
      scope: {
        allOrgUnits: true,
        orgUnits: [{ orgUnitId: 'chemistry', folder: 'data/documents/Chemistry' }],
      },
      options: { includeActive: true, includeInactive: false, excludeSuperseded: true },
      auditChainHead,
    });
  });
});
