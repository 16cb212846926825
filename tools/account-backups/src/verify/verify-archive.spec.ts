import type { ZipReader } from '@account-backups/zip';
import { archiveOf, BACKUP_ID, bagOf, opened, ROOT } from '../testing/bag-archive.js';
import type { Findings } from './findings.js';
import { verifyArchive } from './verify-archive.js';

async function found(changes: Readonly<Record<string, string | null>> = {}): Promise<Findings> {
  return (await verifyArchive(await opened(await archiveOf(changes)), undefined)).findings;
}

const none = { missing: 0, extra: 0, altered: 0, damaged: 0 };
const clean: Findings = { checked: 8, missing: [], extra: [], altered: [], damaged: [], counts: none };

describe('verifyArchive', () => {
  it('finds nothing in an archive as it was made', async () => {
    expect(await found()).toEqual(clean);
  });

  it('reads which backup it is of', async () => {
    const { origin } = await verifyArchive(await opened(await archiveOf()), undefined);
    expect(origin).toEqual({ backupId: BACKUP_ID, accountId: 'lab' });
  });

  it('names a file whose content differs', async () => {
    expect(await found({ 'data/a.txt': 'won' })).toEqual({
      ...clean,
      altered: ['data/a.txt'],
      counts: { ...none, altered: 1 },
    });
  });

  it('names a file that is gone', async () => {
    const path = 'data/50% 日本.txt';
    const counts = { ...none, missing: 1 };
    expect(await found({ [path]: null })).toEqual({ ...clean, checked: 7, missing: [path], counts });
  });

  it('names a file that nobody promised', async () => {
    const counts = { ...none, extra: 1 };
    expect(await found({ 'data/new.txt': 'x' })).toEqual({ ...clean, checked: 9, extra: ['data/new.txt'], counts });
  });

  it('notices a manifest that was changed along with its file', async () => {
    const forged = bagOf({ ...bagOf(), 'data/a.txt': 'won' })['manifest-sha256.txt'] ?? '';
    const { altered } = await found({ 'data/a.txt': 'won', 'manifest-sha256.txt': forged });
    expect(altered).toContain('manifest-sha256.txt');
  });

  it('reads a protected archive with its password', async () => {
    const archive = await opened(await archiveOf({}, 'correct horse'));
    expect((await verifyArchive(archive, 'correct horse')).findings).toEqual(clean);
  });

  it.each([
    [undefined, 'PASSWORD_REQUIRED'],
    ['wrong', 'WRONG_PASSWORD'],
  ])('stops at the password %s', async (password, code) => {
    const archive = await opened(await archiveOf({}, 'correct horse'));
    await expect(verifyArchive(archive, password)).rejects.toMatchObject({ code });
  });

  it('refuses an archive without a manifest', async () => {
    const changes = { 'manifest-sha256.txt': null, 'tagmanifest-sha256.txt': null };
    await expect(found(changes)).rejects.toMatchObject({ code: 'ARCHIVE_UNREADABLE' });
  });

  it('finds bytes that were put before, between and behind', async () => {
    const bytes = await archiveOf();
    const { reader } = await opened(bytes);
    const before = await verifyArchive(await opened(movedBy(Buffer.from('gap'), bytes, reader)), undefined);
    expect(before.findings.damaged).toEqual([
      { where: expect.stringContaining('data/a.txt'), fault: expect.any(String) },
    ]);
    const behind = await verifyArchive(await opened(Buffer.concat([bytes.subarray(0, -2), comment('x')])), undefined);
    expect(behind.findings.damaged).toEqual([{ where: 'end of central directory', fault: expect.any(String) }]);
    const at = reader.directoryOffset;
    const gap = Buffer.concat([bytes.subarray(0, at), Buffer.from('gap'), bytes.subarray(at)]);
    gap.writeUInt32LE(at + 3, gap.length - 6);
    const between = await verifyArchive(await opened(gap), undefined);
    expect(between.findings.damaged).toContainEqual({
      where: 'central directory',
      fault: `it begins at byte ${at + 3}, expected ${at}`,
    });
  });

  it('calls a damaged file by its name, not by its password', async () => {
    const bytes = await archiveOf({}, 'correct horse');
    const { reader } = await opened(bytes);
    let damaged = 0;
    for await (const { name, offset, sizeBytes } of reader.entries()) {
      if (sizeBytes === 0) continue;
      const copy = Buffer.from(bytes);
      const salt = offset + 30 + copy.readUInt16LE(offset + 26) + copy.readUInt16LE(offset + 28);
      copy.writeUInt8(copy.readUInt8(salt) ^ 4, salt);
      const { findings } = await verifyArchive(await opened(copy), 'correct horse');
      expect(findings.altered).toEqual([name.slice(ROOT.length + 1)]);
      damaged += 1;
    }
    expect(damaged).toBe(7);
  });
});

function comment(text: string): Buffer {
  const bytes = Buffer.alloc(2 + text.length);
  bytes.writeUInt16LE(text.length, 0);
  bytes.write(text, 2);
  return bytes;
}

/** The archive with something put before it, in which every place is where its headers say. */
function movedBy(prefix: Buffer, archive: Buffer, { directoryOffset, entryCount }: ZipReader): Buffer {
  const bytes = Buffer.from(archive);
  const move = (at: number) => bytes.writeUInt32LE(bytes.readUInt32LE(at) + prefix.length, at);
  for (let entry = 0, at = directoryOffset; entry < entryCount; entry += 1) {
    move(at + 42);
    at += 46 + [28, 30, 32].reduce((sum, length) => sum + bytes.readUInt16LE(at + length), 0);
  }
  move(bytes.length - 6);
  return Buffer.concat([prefix, bytes]);
}
