import { archiveOf, bagOf, opened } from '../testing/bag-archive.js';
import { contentsOf, type ArchiveContents } from './archive-contents.js';
import { differences, isSame, warningsOf } from './differences.js';

const HEAD = '\uFEFFpath,document_id,version_id,file_id,kind,original_name,media_type,size_bytes,sha256\r\n';
const EXCEPTIONS_HEAD = '\uFEFFdocument_id,version_id,file_id,original_name,code,message\r\n';
const one = { documentId: 'd1', index: 'SOP-1', title: 'One', versions: [{ versionId: 'v1' }] };
const two = { documentId: 'd2', index: 'SOP-2', title: 'Two, "quoted"', versions: [] };
const row = (file: string, sha256 = 'aa') => `data/${file},d1,v1,${file},main,"two\r\nlines, ""x""",,1,${sha256}\r\n`;

async function contents(
  documents: readonly object[],
  files: string,
  { password, exceptions = '' }: { password?: string; exceptions?: string } = {},
): Promise<ArchiveContents> {
  const bag = bagOf({
    'data/exceptions.csv': EXCEPTIONS_HEAD + exceptions,
    'data/metadata/documents.jsonl': documents.map((document) => `${JSON.stringify(document)}\n`).join(''),
    'data/metadata/files.csv': HEAD + files,
  });
  return contentsOf((await opened(await archiveOf(bag, password))).reader, password);
}

const nothing = { added: [], removed: [], changed: [] };

describe('differences', () => {
  it('are none between two archives of the same, one of them protected', async () => {
    const plain = await contents([one, two], row('f1'));
    const encrypted = await contents([one, two], row('f1'), { password: 'secret' });
    expect(isSame(differences(plain, encrypted))).toBe(true);
  });

  it('do not come from the order of fields', async () => {
    const turned = Object.fromEntries(Object.entries(one).toReversed());
    expect(isSame(differences(await contents([one], ''), await contents([turned], '')))).toBe(true);
  });

  it('name documents that came, went and changed', async () => {
    const renamed = { ...one, title: 'Uno' };
    const found = differences(
      await contents([one, two], ''),
      await contents([renamed, { ...two, documentId: 'd3' }], ''),
    );
    expect(found).toEqual({
      documents: {
        added: [{ id: 'd3', label: 'SOP-2 Two, "quoted"' }],
        removed: [{ id: 'd2', label: 'SOP-2 Two, "quoted"' }],
        changed: [{ id: 'd1', label: 'SOP-1 Uno' }],
      },
      files: nothing,
      exceptions: [],
    });
  });

  it('see a change deep in a version', async () => {
    const changed = { ...one, versions: [{ versionId: 'v1', state: 'draft' }] };
    const found = differences(await contents([one], ''), await contents([changed], ''));
    expect(found.documents.changed).toHaveLength(1);
  });

  it('name files that came, went and changed', async () => {
    const first = await contents([one], row('f1') + row('f2') + row('f3'));
    const second = await contents([one], row('f2', 'bb') + row('f3') + row('f4'));
    const { files, documents } = differences(first, second);
    expect(documents).toEqual(nothing);
    expect(files).toEqual({
      added: [{ id: 'd1 v1 f4 main', label: 'data/f4' }],
      removed: [{ id: 'd1 v1 f1 main', label: 'data/f1' }],
      changed: [{ id: 'd1 v1 f2 main', label: 'data/f2' }],
    });
  });

  it('count a file twice that is attached twice', async () => {
    const { files } = differences(await contents([one], row('f1')), await contents([one], row('f1') + row('f1')));
    expect(files.added).toHaveLength(1);
  });

  it('do not call a document removed that lies in no organisational unit, nor its files', async () => {
    const before = await contents([one, two], row('f1') + row('f2'));
    const exceptions = 'd1,,,,ORG_UNIT_UNKNOWN,"“One” is filed under moon"\r\n';
    const found = differences(before, await contents([two], '', { exceptions }));
    const told = { id: 'd1', label: 'SOP-1 One', code: 'ORG_UNIT_UNKNOWN', message: '“One” is filed under moon' };
    expect(found).toEqual({ documents: nothing, files: nothing, exceptions: [told] });
    expect(isSame(found)).toBe(false);
    expect(
      isSame(differences(await contents([two], '', { exceptions }), await contents([two], '', { exceptions }))),
    ).toBe(true);
  });

  it('do not call a file removed whose content was lost', async () => {
    const exceptions = 'd1,v1,f1,one.txt,CONTENT_LOST,gone\r\n';
    const found = differences(await contents([one], row('f1')), await contents([one], '', { exceptions }));
    expect(found).toMatchObject({ files: nothing, exceptions: [{ id: 'd1 v1 f1', code: 'CONTENT_LOST' }] });
  });

  it('are questionable between two accounts', async () => {
    const lab = await contents([one], '');
    expect(warningsOf(lab, lab)).toEqual([]);
    expect(warningsOf(lab, { ...lab, accountId: 'other' })).toEqual([
      'the archives are of two accounts, lab and other: equal ids may mean different documents',
    ]);
  });

  it('are refused for an archive that is not ours', async () => {
    const { reader } = await opened(await archiveOf());
    await expect(contentsOf(reader, undefined)).rejects.toMatchObject({ code: 'ARCHIVE_UNREADABLE' });
  });
});
