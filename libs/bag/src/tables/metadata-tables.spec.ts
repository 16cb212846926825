import type { ArchiveRecord } from './archive-record.js';
import { textChunks, type BagText } from './bag-text.js';
import { csvText } from './csv-table.js';
import { DocumentPlanner } from './document-planner.js';
import { documentsTable } from './documents-csv.js';
import { documentsJsonl } from './documents-jsonl.js';
import { exceptionsTable, filesTable } from './files-csv.js';
import { OrgUnitFolders } from './org-unit-folders.js';
import { aDocument, aVersion, contentOf } from './testing/documents.js';
import { versionsTable } from './versions-csv.js';

const folders = new OrgUnitFolders({ facilities: [], orgUnits: [{ orgUnitId: 'chemistry', name: 'Chemistry' }] });

function planned(differences = {}): ArchiveRecord {
  const document = aDocument(differences);
  const planner = new DocumentPlanner({ bagRoot: 'root', folders, expectedDocuments: 1 });
  return planner.plan({ document, versions: document.versions, contentOf });
}

async function whole(text: BagText, records: readonly ArchiveRecord[]): Promise<string> {
  const chunks: string[] = [];
  for await (const chunk of textChunks(text, records)) chunks.push(chunk);
  return chunks.join('');
}

describe('metadata', () => {
  it('writes files.csv as promised', async () => {
    const record = planned();
    expect(await whole(csvText(filesTable), [record])).toBe(
      '\uFEFFpath,document_id,version_id,file_id,kind,original_name,media_type,size_bytes,sha256\r\n' +
        'data/documents/Chemistry/SOP-001__Handling of samples/1.0_authorised/samples.pdf,' +
        `doc-1,ver-1,file-1,main,samples.pdf,application/pdf,6,${record.files[0]?.sha256}\r\n`,
    );
  });

  it('writes the header alone when nothing is missing', async () => {
    expect(await whole(csvText(exceptionsTable), [planned()])).toBe(
      '\uFEFFdocument_id,version_id,file_id,original_name,code,message\r\n',
    );
  });

  it('writes every field of a document', async () => {
    const text = await whole(csvText(documentsTable(folders)), [planned({ orgUnitIds: ['chemistry', 'elsewhere'] })]);
    expect(text.split('\r\n')[1]).toBe(
      'doc-1,SOP-001,Handling of samples,SOP,Laboratory,,true,chemistry; elsewhere,Chemistry,Ada Hall,' +
        'Ada Hall; Ben Kay,12,2026-03-01,1,1',
    );
  });

  it('writes every field of a version, times with their offset', async () => {
    const attachments = [{ fileId: 'att-1', fileName: 'a.txt' }];
    const text = await whole(csvText(versionsTable), [planned({ versions: [aVersion({ attachments })] })]);
    expect(text.split('\r\n')[1]).toBe(
      'doc-1,ver-1,1.0,authorised,2025-01-02T03:04:05.000+00:00,2025-01-03T03:04:05.000+00:00,Cy Moss,' +
        'file-1,samples.pdf,application/pdf,,att-1,a.txt,unknown',
    );
  });

  it('keeps documents whole as registered', async () => {
    const record = planned({ title: 'a "b"\n\u2028c', hostField: 1 });
    const text = await whole(documentsJsonl, [record, record]);
    expect(
      text
        .trimEnd()
        .split('\n')
        .map((line) => JSON.parse(line)),
    ).toEqual([record.document, record.document]);
  });

  it('gives the same text twice, in chunks', async () => {
    const records = Array.from({ length: 500 }, () => planned());
    const chunks: string[] = [];
    for await (const chunk of textChunks(documentsJsonl, records)) chunks.push(chunk);
    expect(chunks.length).toBeGreaterThan(2);
    expect(chunks.join('')).toBe(await whole(documentsJsonl, records));
  });
});
