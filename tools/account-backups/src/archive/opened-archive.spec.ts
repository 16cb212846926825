import { execFileSync } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { archiveOf, opened, ROOT } from '../testing/bag-archive.js';
import { withArchive } from './opened-archive.js';

describe('withArchive', () => {
  let folder = '';
  let bytes: Buffer;
  let directoryOffset = 0;
  beforeAll(async () => {
    folder = mkdtempSync(join(tmpdir(), 'opened-archive-'));
    bytes = await archiveOf();
    directoryOffset = (await opened(bytes)).reader.directoryOffset;
  });
  afterAll(() => rmSync(folder, { recursive: true }));

  function opening(content: Buffer, expectedSizeBytes?: number) {
    const file = join(folder, 'a.zip');
    writeFileSync(file, content);
    return withArchive({ file, expectedSizeBytes }, async ({ reader }) => reader.entryCount);
  }

  it('opens what is whole', async () => {
    await expect(opening(bytes)).resolves.toBe(8);
  });

  it('calls a cut archive incomplete and names what is whole in it', async () => {
    const cut = opening(bytes.subarray(0, 300), bytes.length);
    await expect(cut).rejects.toMatchObject({
      code: 'ARCHIVE_UNREADABLE',
      message: expect.stringContaining(
        `is incomplete: 300 of ${bytes.length} bytes; these entries are whole: ${ROOT}/`,
      ),
      details: { sizeBytes: 300, expectedSizeBytes: bytes.length, wholeEntries: 2 },
    });
  });

  it('says that nothing is known of the rest without a receipt', async () => {
    await expect(opening(bytes.subarray(0, directoryOffset + 10))).rejects.toMatchObject({
      message: expect.stringContaining('its end is missing'),
      details: { expectedSizeBytes: null, wholeEntries: 8 },
    });
    await expect(opening(bytes.subarray(0, 20))).rejects.toThrow('no entry is whole');
    await expect(opening(Buffer.alloc(0))).rejects.toThrow('is incomplete: 0 bytes');
  });

  it('does not count an entry whose content is damaged', async () => {
    const damaged = Buffer.from(bytes.subarray(0, directoryOffset));
    damaged.writeUInt8(damaged.readUInt8(directoryOffset - 1) ^ 1, directoryOffset - 1);
    await expect(opening(damaged)).rejects.toMatchObject({ details: { wholeEntries: 7 } });
  });

  it.each([1, 22, 70_000])('finds the end of an archive that has %d bytes more', async (more) => {
    await expect(opening(Buffer.concat([bytes, Buffer.alloc(more, 'x')]))).rejects.toMatchObject({
      message: expect.stringContaining(
        `${bytes.length + more} of ${bytes.length} bytes, ${more} of them behind its end`,
      ),
      details: { wholeEntries: 8 },
    });
  });

  it('calls anything else no ZIP', async () => {
    await expect(opening(Buffer.from('hello, this is no archive'))).rejects.toMatchObject({ code: 'NOT_A_ZIP' });
  });

  it('waits at no pipe and reads no device or folder', async () => {
    const pipe = join(folder, 'pipe');
    execFileSync('mkfifo', [pipe]);
    for (const file of [pipe, '/dev/zero', folder]) {
      await expect(withArchive({ file }, async () => 0)).rejects.toMatchObject({ code: 'VALIDATION_FAILED' });
    }
  });
});
