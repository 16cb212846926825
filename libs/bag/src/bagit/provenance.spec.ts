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

describe('provenance', () => {
  it('accounts for documents, versions and files', () => {
    const parts = [tallyIncluded(aRecord()), tallyUnseen(1, 'asSuperseded'), tallyUnseen(5, 'byActivity')];
    const tally = parts.reduce(addTallies, emptyTally);
    const { counts } = JSON.parse(provenanceJson({ ...input, facts: someFacts({ tally }) }));
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
    expect(() => provenanceJson({ ...input, facts })).not.toThrow();
  });

  it('accounts for documents that lie in no known OU', () => {
    const lost = unfiled({ documentId: 'lost', title: 'Lost', orgUnitIds: ['moon'] });
    const tally = [aRecord(), lost, lost].map(tallyPlanned).reduce(addTallies, emptyTally);
    const { counts } = JSON.parse(provenanceJson({ ...input, facts: someFacts({ tally }) }));
    expect(counts.documents).toMatchObject({ expected: 3, included: 1, exceptions: 2 });
    expect(counts.files).toMatchObject({ exceptions: 1 });
    expect(exceptionCountOf(tally)).toBe(3);
  });

  it('names the folders of OUs, unless another rule named those of the plan', () => {
    const orgUnits = (folderRule: number) =>
      JSON.parse(provenanceJson({ ...input, facts: someFacts({ folderRule }) })).scope.orgUnits as object[];
    const named = { orgUnitId: 'chemistry', path: ['Chemistry'] };
    expect(orgUnits(2)).toEqual([{ ...named, folder: 'data/documents/Chemistry' }]);
    expect(orgUnits(1)).toEqual([named]);
  });

  it('refuses an archive from which a file vanished', () => {
    const facts = someFacts({ tally: tallyIncluded({ ...aRecord(), files: [] }) });
    expect(() => provenanceJson({ ...input, facts })).toThrow('2 files are accounted for in the archive, expected 3');
  });

  it('says who asked for what', () => {
    const auditChainHead = { sequence: 7, sha256: 'b'.repeat(64) };
    expect(JSON.parse(provenanceJson({ ...input, facts: someFacts(), auditChainHead }))).toMatchObject({
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
