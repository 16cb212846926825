import { mkdirSync, mkdtempSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { readFolder } from './folder.js';

describe('readFolder', () => {
  let folder = '';
  beforeEach(() => (folder = mkdtempSync(join(tmpdir(), 'import-'))));
  afterEach(() => rmSync(folder, { recursive: true }));

  const put = (path: string, text = '') => {
    mkdirSync(dirname(join(folder, path)), { recursive: true });
    writeFileSync(join(folder, path), text);
  };
  const paths = async () => (await readFolder(folder)).map(({ path }) => path);

  it('finds files at any depth, names in any script, empty ones too', async () => {
    put('b/c/日本.pdf', 'x');
    put('a.txt');
    expect(await paths()).toEqual(['a.txt', 'b/c/日本.pdf']);
  });

  it('leaves out hidden files and folders, and does not follow links', async () => {
    put('.git/config');
    put('.DS_Store');
    put('a.txt');
    symlinkSync('a.txt', join(folder, 'link.txt'));
    symlinkSync('.', join(folder, 'loop'));
    expect(await paths()).toEqual(['a.txt']);
  });

  it('takes metadata from the table and, before it, from the file beside', async () => {
    put('a.pdf');
    put('a.pdf.json', '{"title":"Beside"}');
    put('metadata.csv', 'path,title,type\na.pdf,Table,Form\n');
    expect(await readFolder(folder)).toMatchObject([{ path: 'a.pdf', metadata: { title: 'Beside', type: 'Form' } }]);
  });

  it('takes a JSON file that stands alone for a document', async () => {
    put('alone.json', '{}');
    expect(await paths()).toEqual(['alone.json']);
  });

  it('refuses a table that names a file which is not there', async () => {
    put('metadata.csv', 'path\nlost.pdf\n');
    await expect(readFolder(folder)).rejects.toThrow('metadata.csv: there is no file lost.pdf');
  });

  it('names the metadata file that it cannot read', async () => {
    put('a.pdf');
    put('a.pdf.json', '{');
    await expect(readFolder(folder)).rejects.toThrow('a.pdf.json: expected JSON');
  });

  it('refuses a path that is not a folder', async () => {
    await expect(readFolder(join(folder, 'none'))).rejects.toThrow('expected a folder');
  });
});
