// The tables as a spreadsheet opens them, where LibreOffice is installed; Python reads them everywhere (check-bag.py).
import { execFile } from 'node:child_process';
import { mkdir, mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { promisify } from 'node:util';
import { csvCells } from '../../../libs/bag/src/testing/csv-cells.js';
import { aDocument, aVersion } from '../../../libs/bag/src/testing/documents.js';
import { anOrgUnit } from '../../../libs/bag/src/testing/org-units.js';
import { writeBag } from './harness.js';

const run = promisify(execFile);
const OFFICE = process.env['SOFFICE'] || 'soffice';
// Token by token: comma, double quote, UTF-8, from the first line, no formats, cells as they are shown, one sheet.
const CSV_AS_SHOWN = 'csv:Text - txt - csv (StarCalc):44,34,76,1,,0,false,true,true';

const COMMA = 44;
const SEMICOLON = 59;

const titles = [
  '=1+1',
  '=HYPERLINK("http://evil.example","click")',
  '-2+3',
  '@SUM(1+1)',
  ' =1+1',
  'a;=1+1',
  'two\r\nlines, "quoted"',
  'سياسة حماية البيانات',
  '試料の取り扱い 👩🏽‍🔬',
  'x'.repeat(300),
];
const documents = titles.map((title, at) =>
  aDocument({ documentId: `d${at}`, title, versions: [aVersion({ versionId: `v${at}`, number: '1.10' })] }),
);
const scope = { facilities: [], orgUnits: [anOrgUnit({ orgUnitId: 'chemistry', name: '=1+1', facilityId: null })] };
const contents = new Map([['file-1', Buffer.from('x')]]);

const isThere = await run(OFFICE, ['--version']).then(
  () => true,
  () => false,
);
const opened = isThere ? describe : describe.skip;

opened('LibreOffice (skipped where soffice is not installed: set SOFFICE to where it is)', () => {
  let parent: string;
  let folder: string;

  beforeAll(async () => {
    parent = await mkdtemp(join(tmpdir(), 'spreadsheet-'));
    ({ folder } = await writeBag(parent, { documents, scope, contents }));
  });
  afterAll(() => rm(parent, { recursive: true, force: true }));

  /** What a table shows when it is opened with its cells separated by this character (ASCII code). */
  async function shownAs(path: string, separator: number): Promise<string> {
    const target = join(parent, 'shown');
    await mkdir(target, { recursive: true });
    const profile = `-env:UserInstallation=${pathToFileURL(join(parent, 'profile')).href}`;
    const filter = `--infilter=CSV:${separator},34,76,1`;
    const convert = ['--headless', filter, '--convert-to', CSV_AS_SHOWN, '--outdir', target];
    await run(OFFICE, [profile, ...convert, join(folder, path)]);
    return readFile(join(target, path.slice(path.lastIndexOf('/') + 1)), 'utf8');
  }

  async function shownOf(path: string): Promise<readonly (readonly string[])[]> {
    const text = await shownAs(path, COMMA);
    // It splits lines at LF alone, even within a cell.
    return csvCells(text.replace(/\r?\n/g, '\n').replace(/\n(?=(?:[^"]*"[^"]*")*[^"]*$)/g, '\r\n'));
  }

  it('shows every title as text, and runs none', async () => {
    const [head = [], ...rows] = await shownOf('data/metadata/documents.csv');
    const shown = rows.map((cells) => cells[head.indexOf('title')]?.replaceAll("'", ''));
    expect(shown).toEqual(titles.map((title) => title.replaceAll('\r\n', '\n')));
    expect(new Set(rows.map((cells) => cells.length))).toEqual(new Set([head.length]));
  }, 120_000);

  it('runs nothing either where semicolons part cells', async () => {
    const path = 'data/metadata/documents.csv';
    const formulas = (text: string) => text.match(/=1\+1|=HYPERLINK|-2\+3|@SUM/g);
    const written = await readFile(join(folder, path), 'utf8');
    expect(formulas(await shownAs(path, SEMICOLON))).toEqual(formulas(written));
  }, 120_000);

  it('shows a file for each document', async () => {
    const [head = [], ...rows] = await shownOf('data/metadata/files.csv');
    expect(rows.map((cells) => cells[head.indexOf('document_id')])).toEqual(documents.map((each) => each.documentId));
  }, 120_000);
});
