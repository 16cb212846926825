import { execFileSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { readFolder } from './folder.js';

describe('readFolder', () => {
  let folder = '';
  beforeEach(() => (folder = mkdtempSync(join(tmpdir(), 'import-'))));
  afterEach(() => rmSync(folder, { recursive: true, force: true }));

  const put = (path: string, text = '') => {
    mkdirSync(dirname(join(folder, path)), { recursive: true });
    writeFileSync(join(folder, path), text);
  };
  const paths = async () => (await readFolder(folder)).files.map(({ path }) => path);
  const faults = async (encoding?: string) => (await readFolder(folder, encoding)).faults;

  it('finds files at any depth, names in any script, empty ones too', async () => {
    put('b/c/日本.pdf', 'x');
    put('a.txt');
    expect(await paths()).toEqual(['a.txt', 'b/c/日本.pdf']);
  });

  it('leaves out what nobody means to register, each with a reason, and does not follow links', async () => {
    const junk = ['.DS_Store', 'Thumbs.db', 'a/~$plan.docx', 'a/DESKTOP.INI', 'a/._x', 'b/$RECYCLE.BIN/old.txt'];
    for (const path of ['.git/config', ...junk, 'a.txt', 'a.txt.json', 'metadata.csv']) put(path, 'path\na.txt\n');
    put('a.txt.json', '{}');
    symlinkSync('a.txt', join(folder, 'link.txt'));
    symlinkSync('.', join(folder, 'loop'));
    const found = await readFolder(folder);
    expect(found.files.map(({ path }) => path)).toEqual(['a.txt']);
    expect(Object.fromEntries(found.leftOut.map(({ path, reason }) => [path, reason]))).toMatchObject({
      '.git/': 'hidden',
      '.DS_Store': 'folder settings of macOS',
      'Thumbs.db': 'thumbnails of Windows',
      'a/~$plan.docx': 'a lock of Microsoft Office',
      'a/DESKTOP.INI': 'folder settings of Windows',
      'b/$RECYCLE.BIN/': 'a system folder of Windows',
      'link.txt': 'a symbolic link',
      loop: 'a symbolic link',
      'metadata.csv': 'metadata of other files',
      'a.txt.json': 'metadata of other files',
    });
    expect(found.leftOut).toHaveLength(11);
  });

  it('names what has no name in UTF-8, escaped, and goes on', async () => {
    put('a.txt');
    const bad = (name: string) => Buffer.concat([Buffer.from(`${folder}/`), Buffer.from(name, 'latin1')]);
    writeFileSync(bad('Pr\u00fcfung.txt'), '');
    mkdirSync(bad('\u00e4'));
    writeFileSync(bad('\u00e4/b.txt'), '');
    const { files, failed } = await readFolder(folder);
    expect(files.map(({ path }) => path)).toEqual(['a.txt']);
    expect(failed.map(({ path, code }) => [path, code])).toEqual([
      ['Pr\\xfcfung.txt', 'VALIDATION_FAILED'],
      ['\\xe4/b.txt', 'VALIDATION_FAILED'],
    ]);
  });

  it('names what cannot be looked at, and goes on', async () => {
    put('a.txt');
    // Longer than Linux takes as one path; a folder that may be listed and not entered is met in the same way.
    const here = process.cwd();
    process.chdir(folder);
    for (const name of Array.from({ length: 15 }, () => 'n'.repeat(250)).concat('n'.repeat(100))) {
      mkdirSync(name);
      process.chdir(name);
    }
    writeFileSync('o'.repeat(250), '');
    process.chdir(here);
    const { files, failed } = await readFolder(folder);
    expect(files.map(({ path }) => path)).toEqual(['a.txt']);
    expect(failed.map(({ path, code }) => [path.slice(-4), code])).toEqual([['oooo', 'SOURCE_UNUSABLE']]);
    execFileSync('rm', ['-r', folder]);
  });

  it('takes a table whose name Windows wrote otherwise', async () => {
    put('a.txt');
    put('Metadata.CSV', 'path,title\na.txt,One\n');
    expect((await readFolder(folder)).files).toMatchObject([{ path: 'a.txt', metadata: { title: 'One' } }]);
  });

  it('finds a file however the table writes its path', async () => {
    const [composed, decomposed] = ['\u00e4', 'a\u0308'];
    for (const path of [`${decomposed}.txt`, 'sub/a.txt', 'sub/b.txt', 'tw\u00f6', 'two\u0308']) put(path);
    put('metadata.csv', `path,title\n${composed}.txt,1\n./sub/a.txt,2\nsub\\b.txt,3\ntw\u00f6,4\ntwo\u0308,5\n`);
    const found = await readFolder(folder);
    expect(found.faults).toEqual([]);
    expect(Object.fromEntries(found.files.map(({ path, metadata }) => [path, metadata]))).toEqual({
      [`${decomposed}.txt`]: { title: '1' },
      'sub/a.txt': { title: '2' },
      'sub/b.txt': { title: '3' },
      'tw\u00f6': { title: '4' },
      'two\u0308': { title: '5' },
    });
    expect(new Set(found.files.map(({ identityPath }) => identityPath)).size).toBe(5);
    expect(found.files.map(({ identityPath }) => identityPath)).toContain(`${composed}.txt`);
  });

  it('says that a table is not UTF-8, and reads it in the encoding that is named or marked', async () => {
    put('a.txt');
    writeFileSync(join(folder, 'metadata.csv'), Buffer.from('path;title\r\na.txt;Pr\u00fcfung\r\n', 'latin1'));
    expect(await faults()).toEqual([expect.stringContaining('line 2: the byte 0xfc is not UTF-8')]);
    const titled = async (encoding?: string) => (await readFolder(folder, encoding)).files[0]?.metadata;
    expect(await titled('windows-1252')).toEqual({ title: 'Pr\u00fcfung' });
    writeFileSync(join(folder, 'metadata.csv'), Buffer.from('\ufeffpath\ttitle\na.txt\tPr\u00fcfung\n', 'utf16le'));
    expect(await titled()).toEqual({ title: 'Pr\u00fcfung' });
  });

  it('says that a table of DOS is not one of Windows', async () => {
    put('a.txt');
    const dos = Buffer.concat([Buffer.from('path;title\r\na.txt;Pr'), Buffer.from([0x81]), Buffer.from('fung\r\n')]);
    writeFileSync(join(folder, 'metadata.csv'), dos);
    expect(await faults('windows-1252')).toEqual([expect.stringContaining('line 2: U+0081 is no letter')]);
  });

  it('tells all that is wrong at once', async () => {
    put('a.txt');
    put('a.txt.json', '{');
    put('metadata.csv', 'path,colour,active\nlost.txt,red,maybe\na.txt,,\n./a.txt,,\na.txt,,,x\n');
    expect(await faults()).toEqual([
      expect.stringContaining('line 1: unknown column colour'),
      'metadata.csv: line 2: active is maybe, expected true or false, yes or no, 1 or 0',
      expect.stringContaining('metadata.csv: line 5: 4 cells, expected 3 as in the head; put quotes'),
      'metadata.csv: line 2: there is no file lost.txt',
      'metadata.csv: line 4: ./a.txt was named before, in line 3',
      expect.stringContaining('a.txt.json: expected JSON'),
    ]);
  });

  it('takes metadata from the table and, before it, from the file beside', async () => {
    put('a.pdf');
    put('a.pdf.json', '{"title":"Beside"}');
    put('metadata.csv', 'path,title,type\na.pdf,Table,Form\n');
    expect((await readFolder(folder)).files).toMatchObject([{ metadata: { title: 'Beside', type: 'Form' } }]);
  });

  it('takes a JSON file that stands alone for a document', async () => {
    put('alone.json', '{}');
    expect(await paths()).toEqual(['alone.json']);
  });

  it('refuses a path that is not a folder', async () => {
    await expect(readFolder(join(folder, 'none'))).rejects.toThrow('expected a folder');
  });
});
