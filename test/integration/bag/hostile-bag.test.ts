import { execFile } from 'node:child_process';
import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import type { ArchiveRecord } from '@account-backups/bag';
import type { RegisteredDocument } from '@account-backups/contracts';
import { foldName } from '../../../libs/bag/src/layout/taken-names.js';
import { aDocument, aVersion } from '../../../libs/bag/src/testing/documents.js';
import { anOrgUnit } from '../../../libs/bag/src/testing/org-units.js';
import { writeBag } from './harness.js';
import { pythonWithBagit } from './bagit-validator.js';

const run = promisify(execFile);

const names = [
  'CON.pdf',
  '..\\..\\x',
  '../../etc/passwd',
  'invoice\u202Efdp.exe',
  'emoji 👩🏽‍🔬.docx',
  `${'long '.repeat(90)}.xlsx`,
  'COM¹',
  '50%20off.pdf',
  'e\u0301.txt',
  '\u00C9.txt',
  ' . ',
  '<img src=x>.html',
];
const titles = [
  '=HYPERLINK("http://evil.example","click")',
  '<script>alert(1)</script>',
  'سياسة حماية البيانات',
  'x'.repeat(300),
  'same',
  'SAME',
  '@SUM(1+1)',
  'two\r\nlines, "quoted"; and more',
];
const scope = {
  facilities: [{ facilityId: 'f', name: 'North/South: "A"' }],
  orgUnits: [
    anOrgUnit({ orgUnitId: 'chemistry', name: 'AUX', facilityId: 'f' }),
    anOrgUnit({ orgUnitId: 'wards', name: '..', facilityId: 'f' }),
  ],
};

function hostileDocument(title: string, at: number): RegisteredDocument {
  const attachments = names.map((fileName, number) => ({ fileId: `file-${number}`, fileName }));
  const versions = [
    aVersion({ versionId: `v${at}`, number: '1/2', fileName: 'con.', attachments }),
    aVersion({ versionId: `w${at}`, number: '../2', fileId: 'never-came', fileName: '=1+1.pdf' }),
    aVersion({ versionId: `x${at}`, fileId: null, fileName: null, externalUrl: 'javascript:alert(1)' }),
  ];
  return aDocument({ documentId: `doc-${at}`, index: 'SOP-1', title, orgUnitIds: ['wards', 'chemistry'], versions });
}

const documents = titles.map(hostileDocument);
const contents = new Map(names.map((name, number) => [`file-${number}`, Buffer.from(`${number} ${name}`)]));

const unfiled = [{ documentId: 'lost', title: '=1+1 "lost"\n', orgUnitIds: ['moon', 'mars'] }];

const readCsv =
  'import csv,json,sys;print(json.dumps(list(csv.DictReader(open(sys.argv[1],encoding="utf-8-sig",newline="")))))';

describe('a bag of hostile documents', () => {
  let parent: string;
  let folder: string;
  let records: readonly ArchiveRecord[];

  beforeAll(async () => {
    parent = await mkdtemp(join(tmpdir(), 'bag-'));
    ({ folder, records } = await writeBag(parent, { documents, scope, contents, unfiled }));
  });
  afterAll(() => rm(parent, { recursive: true, force: true }));

  const rowsOf = async (path: string): Promise<readonly Record<string, string>[]> => {
    const { stdout } = await run('python3', ['-c', readCsv, join(folder, path)], { maxBuffer: 2 ** 26 });
    return JSON.parse(stdout);
  };

  it('is valid for the reference implementation of BagIt', async () => {
    const python = await pythonWithBagit();
    await expect(run(python, ['-m', 'bagit', '--validate', folder])).resolves.toBeDefined();
  });

  it('is verified by sha256sum alone', async () => {
    const { stdout } = await run('sha256sum', ['-c', 'manifest-sha256.txt'], { cwd: folder, maxBuffer: 2 ** 26 });
    const lines = stdout.trimEnd().split('\n');
    expect(lines.filter((line) => !line.endsWith(': OK'))).toEqual([]);
    expect(lines).toHaveLength(records.flatMap(({ files }) => files).length + 8);
  });

  it('is refused by BagIt when a file rots', async () => {
    const python = await pythonWithBagit();
    const rotten = await mkdtemp(join(parent, 'rotten-'));
    const twin = await writeBag(rotten, { documents: documents.slice(0, 1), scope, contents });
    const path = join(twin.folder, twin.records[0]?.files[0]?.path ?? '');
    await run('sh', ['-c', 'printf x | dd of="$1" bs=1 seek=0 conv=notrunc 2>/dev/null', 'sh', path]);
    await expect(run(python, ['-m', 'bagit', '--validate', twin.folder])).rejects.toThrow('sha256 validation failed');
  });

  it('gives every file a path of its own within the limits', () => {
    const paths = records.flatMap(({ files }) => files.map(({ path }) => path));
    expect(paths).toHaveLength(titles.length * (names.length + 1));
    expect(new Set(paths.map(foldName)).size).toBe(paths.length);
    expect(paths.filter((path) => path.split('/').length !== 7)).toEqual([]);
  });

  it('is read by a foreign CSV parser as it was registered, formulas guarded', async () => {
    const rows = await rowsOf('data/metadata/documents.csv');
    expect(rows.map(({ title }) => title)).toEqual(titles.map((title) => (/^[=@]/.test(title) ? `'${title}` : title)));
    expect(rows[0]?.['org_unit_ids']).toBe('wards; chemistry');
  });

  it('lists its files with their sizes', async () => {
    const rows = await rowsOf('data/metadata/files.csv');
    const files = records.flatMap((record) => record.files);
    expect(rows.map(({ path, size_bytes }) => [path, Number(size_bytes)])).toEqual(
      files.map(({ path, sizeBytes }) => [path, sizeBytes]),
    );
  });

  it('lists what never came', async () => {
    const rows = await rowsOf('data/exceptions.csv');
    const absent = rows.filter(({ file_id }) => file_id === 'never-came');
    expect(absent).toHaveLength(titles.length);
    expect(absent[0]).toMatchObject({ code: 'FILE_MISSING', original_name: "'=1+1.pdf" });
  });

  it('lists documents that lie in no known OU, and lists them nowhere else', async () => {
    const lost = (await rowsOf('data/exceptions.csv')).filter(({ code }) => code === 'ORG_UNIT_UNKNOWN');
    const empty = { version_id: '', file_id: '', original_name: '' };
    const message = '“=1+1 "lost"\n” is filed under moon, mars: the account has no such organisational unit.';
    expect(lost).toEqual([{ document_id: 'lost', code: 'ORG_UNIT_UNKNOWN', message, ...empty }]);
    const others = ['data/index.html', 'data/metadata/documents.csv', 'data/metadata/documents.jsonl'];
    const texts = await Promise.all(others.map((path) => readFile(join(folder, path), 'utf8')));
    expect(texts.join()).not.toContain('moon');
    expect(await readFile(join(folder, 'README.txt'), 'utf8')).toMatch(
      /Could not be included: 1 whole document, \d+ files, see/,
    );
  });

  it('shows hostile text as text', async () => {
    const page = await readFile(join(folder, 'data/index.html'), 'utf8');
    expect(page).toContain('&lt;script&gt;alert(1)&lt;/script&gt;');
    expect(page).not.toMatch(/<script>alert|href="javascript|<img/i);
    expect(page.match(/<script>/g)).toHaveLength(2);
  });

  it('keeps documents whole for programs', async () => {
    const lines = (await readFile(join(folder, 'data/metadata/documents.jsonl'), 'utf8')).trimEnd().split('\n');
    expect(lines.map((line) => JSON.parse(line))).toEqual(JSON.parse(JSON.stringify(documents)));
  });
});
