import { createHash } from 'node:crypto';
import { crc32 } from 'node:zlib';
import { rangesOfBytes, writeArchive, ZipReader } from '@account-backups/zip';
import { verifyArchive } from './verify-archive.js';

const sha256 = (text: string) => createHash('sha256').update(text).digest('hex');
const lines = (files: Readonly<Record<string, string>>) =>
  Object.entries(files)
    .map(([path, text]) => `${sha256(text)}  ${path}\n`)
    .join('');

const payload = { 'data/a.txt': 'one', 'data/50%25 日本.txt': 'two' };
const manifest = lines(payload);
const tags = { 'README.txt': 'read me', 'manifest-sha256.txt': manifest };
const bag: Readonly<Record<string, string>> = {
  'data/a.txt': 'one',
  'data/50% 日本.txt': 'two',
  ...tags,
  'tagmanifest-sha256.txt': lines(tags),
};

/** A bag with some files changed, left out (null) or added. */
async function archiveOf(changes: Readonly<Record<string, string | null>> = {}, password?: string): Promise<ZipReader> {
  const files = Object.entries({ ...bag, ...changes }).filter((file): file is [string, string] => file[1] !== null);
  const sources = files.map(([path, text]) => ({
    name: `root/${path}`,
    modifiedAt: new Date('2026-01-01T00:00:00Z'),
    sizeBytes: Buffer.byteLength(text),
    crc32: crc32(text),
    sha256: sha256(text),
    content: async function* () {
      yield Buffer.from(text);
    },
  }));
  const blocks: Buffer[] = [];
  for await (const block of writeArchive(sources, password === undefined ? {} : { password })) blocks.push(block);
  const bytes = Buffer.concat(blocks);
  return ZipReader.open(rangesOfBytes(bytes), bytes.length);
}

const clean = { checked: 5, missing: [], extra: [], altered: [] };

describe('verifyArchive', () => {
  it('finds nothing in an archive as it was made', async () => {
    expect(await verifyArchive(await archiveOf(), undefined)).toEqual(clean);
  });

  it('names a file whose content is another', async () => {
    const archive = await archiveOf({ 'data/a.txt': 'won' });
    expect(await verifyArchive(archive, undefined)).toEqual({ ...clean, altered: ['data/a.txt'] });
  });

  it('names a file that is gone', async () => {
    const archive = await archiveOf({ 'data/50% 日本.txt': null });
    expect(await verifyArchive(archive, undefined)).toEqual({ ...clean, checked: 4, missing: ['data/50% 日本.txt'] });
  });

  it('names a file that nobody promised', async () => {
    const archive = await archiveOf({ 'data/new.txt': 'x' });
    expect(await verifyArchive(archive, undefined)).toEqual({ ...clean, checked: 6, extra: ['data/new.txt'] });
  });

  it('notices a manifest that was changed along with its file', async () => {
    const forged = lines({ ...payload, 'data/a.txt': 'won' });
    const archive = await archiveOf({ 'data/a.txt': 'won', 'manifest-sha256.txt': forged });
    expect((await verifyArchive(archive, undefined)).altered).toEqual(['manifest-sha256.txt']);
  });

  it('reads a protected archive with its password', async () => {
    expect(await verifyArchive(await archiveOf({}, 'correct horse'), 'correct horse')).toEqual(clean);
  });

  it.each([
    [undefined, 'PASSWORD_REQUIRED'],
    ['wrong', 'WRONG_PASSWORD'],
  ])('stops at the password %s', async (password, code) => {
    const archive = await archiveOf({}, 'correct horse');
    await expect(verifyArchive(archive, password)).rejects.toMatchObject({ code });
  });

  it('refuses an archive without a manifest', async () => {
    const archive = await archiveOf({ 'manifest-sha256.txt': null, 'tagmanifest-sha256.txt': null });
    await expect(verifyArchive(archive, undefined)).rejects.toMatchObject({ code: 'ARCHIVE_UNREADABLE' });
  });
});
