import { DocumentPlanner } from '../layout/document-planner.js';
import { OrgUnitFolders } from '../layout/org-unit-folders.js';
import { unfiled, type ArchiveRecord } from '../record/archive-record.js';
import { whole } from '../testing/bag-texts.js';
import { aDocument, aVersion, contentOf } from '../testing/documents.js';
import { anOrgUnit } from '../testing/org-units.js';
import { csvText } from './csv-table.js';
import { documentsTable } from './documents-csv.js';
import { documentsJsonl } from './documents-jsonl.js';
import { exceptionsTable, filesTable } from './files-csv.js';
import { versionsTable } from './versions-csv.js';

const folders = new OrgUnitFolders(
  {
    facilities: [],
    orgUnits: [anOrgUnit({ orgUnitId: 'chemistry', name: 'Chemistry' })],
  },
  'root',
);

function planned(differences = {}): ArchiveRecord {
  const document = aDocument(differences);
  const planner = new DocumentPlanner({ bagRoot: 'root', folders, expectedDocuments: 1 });
  return planner.plan({ document, versions: document.versions, contentOf });
}

describe('metadata', () => {
  it('writes files.csv as promised', () => {
    const record = planned();
    expect(whole(csvText(filesTable), [record])).toBe(
      '\uFEFFpath,document_id,version_id,file_id,kind,original_name,media_type,size_bytes,sha256\r\n' +
        'data/documents/Chemistry/SOP-001__Handling of samples/1.0_authorised/samples.pdf,' +
        `doc-1,ver-1,file-1,main,samples.pdf,application/pdf,6,${record.files[0]?.sha256}\r\n`,
    );
  });

  it('writes the header alone when nothing is missing', () => {
    expect(whole(csvText(exceptionsTable), [planned()])).toBe(
      '\uFEFFdocument_id,version_id,file_id,original_name,code,message\r\n',
    );
  });

  it('writes a document that lies in no known OU among the exceptions alone', () => {
    const lost = unfiled({ documentId: 'lost', title: 'Lost', orgUnitIds: ['a', 'b', 'c', 'd', 'e', 'f', 'g'] });
    expect(whole(csvText(exceptionsTable), [lost]).split('\r\n')[1]).toBe(
      'lost,,,,ORG_UNIT_UNKNOWN,"“Lost” is filed under a, b, c, d, e and 2 others: ' +
        'the account has no such organisational unit."',
    );
    expect(whole(csvText(documentsTable(folders)), [lost]).split('\r\n')).toHaveLength(2);
    expect(whole(documentsJsonl, [lost])).toBe('');
  });

  it('writes every field of a document', () => {
    const text = whole(csvText(documentsTable(folders)), [
      planned({ orgUnitIds: ['chemistry', 'elsewhere'], revision: 7 }),
    ]);
    expect(text.split('\r\n')[1]).toBe(
      'doc-1,SOP-001,Handling of samples,SOP,Laboratory,,true,chemistry; elsewhere,Chemistry,Ada Hall,' +
        'Ada Hall; Ben Kay,12,2026-03-01,1,1,7',
    );
  });

  it('writes every field of a version, times with their offset', () => {
    const attachments = [{ fileId: 'att-1', fileName: 'a.txt' }];
    const text = whole(csvText(versionsTable), [planned({ versions: [aVersion({ attachments })] })]);
    expect(text.split('\r\n')[1]).toBe(
      'doc-1,ver-1,1.0,authorised,2025-01-02T03:04:05.000+00:00,2025-01-03T03:04:05.000+00:00,Cy Moss,' +
        'file-1,samples.pdf,application/pdf,,att-1,a.txt,unknown',
    );
  });

  it('keeps documents whole as registered', () => {
    const record = planned({ title: 'a "b"\n\u2028c', hostField: 1 });
    const text = whole(documentsJsonl, [record, record]);
    expect(
      text
        .trimEnd()
        .split('\n')
        .map((line) => JSON.parse(line)),
    ).toEqual([record.document, record.document]);
  });
});
