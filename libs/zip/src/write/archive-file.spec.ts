import { mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { crc32 } from 'node:zlib';
import fc from 'fast-check';
import { writeArchiveFile, writeChunks } from './archive-file.js';
import { sourceOfBytes } from './bytes-source.js';
import type { EntrySource } from './entry-source.js';
import { archiveOf, contentsOf, modifiedAt } from '../testing/archives.js';

const files = { 'empty.txt': Buffer.alloc(0), 'a.txt': Buffer.from('a'.repeat(9_000)), 'b/c.pdf': Buffer.from('%PDF') };
const sources = Object.entries(files).map(([name, bytes]) => sourceOfBytes(name, bytes, modifiedAt));

let folder: string;
let path: string;
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'archive-file-'));
  path = join(folder, 'backup.zip');
});
afterEach(() => rm(folder, { recursive: true, force: true }));

// Slices of `chunkBytes`, from one buffer after another.
function streamed(buffers: readonly Uint8Array[], chunkBytes: number): EntrySource {
  const whole = Buffer.concat(buffers);
  async function* content(): AsyncGenerator<Uint8Array> {
    for (const bytes of buffers)
      for (let at = 0; at < bytes.length; at += chunkBytes) yield bytes.subarray(at, at + chunkBytes);
  }
  return { name: 'large.pdf', modifiedAt, sizeBytes: whole.length, crc32: crc32(whole), content };
}

describe('an archive written to a file', () => {
  it('is the one that is streamed', async () => {
    await writeFile(path, 'what was there before, and longer'.repeat(1_000));
    await writeArchiveFile(path, sources);

    expect(await readFile(path)).toEqual(await archiveOf(files));
    expect(await readdir(folder)).toEqual(['backup.zip']);
  });

  it('opens with its password', async () => {
    const large = streamed([new Uint8Array(2_000_000), new Uint8Array(3_000_000)], 1_000_000);
    await writeArchiveFile(path, [...sources, { ...large, givesMemory: true }], { password: 'secret', bufferBytes: 5 });

    const { 'large.pdf': content, ...others } = await contentsOf(await readFile(path), 'secret');
    expect(content?.equals(Buffer.alloc(5_000_000))).toBe(true);
    expect(others).toEqual(files);
  });

  it('leaves nothing behind when a run fails, and keeps the file that was there', async () => {
    await writeFile(path, 'before');
    const bad = { ...sourceOfBytes('bad.pdf', Buffer.from('changed'), modifiedAt), crc32: 1 };

    await expect(writeArchiveFile(path, [...sources, bad])).rejects.toMatchObject({ code: 'SOURCE_CRC_MISMATCH' });
    expect(await readdir(folder)).toEqual(['backup.zip']);
    expect(await readFile(path, 'utf8')).toBe('before');
  });

  it('is whole even when two are written at once', async () => {
    const other = sourceOfBytes('other.pdf', Buffer.alloc(3_000_000, 7), modifiedAt);
    await Promise.all([writeArchiveFile(path, sources), writeArchiveFile(path, [other])]);

    const names = Object.keys(await contentsOf(await readFile(path)));
    expect([Object.keys(files), ['other.pdf']]).toContainEqual(names);
    expect(await readdir(folder)).toEqual(['backup.zip']);
  });

  it('reports a missing folder', async () => {
    await expect(writeArchiveFile(join(folder, 'none', 'backup.zip'), sources)).rejects.toMatchObject({
      code: 'ENOENT',
    });
  });
});

describe('memory of sources', () => {
  const options = { bufferBytes: 0, compression: 'store' } as const;

  it('is freed when the source gives it', async () => {
    const given = [new Uint8Array(1_500_000), new Uint8Array(1_500_000)];
    const source = { ...streamed(given, 1_500_000), givesMemory: true };
    await writeArchiveFile(path, [source], options);

    expect(given.map(({ length }) => length)).toEqual([0, 0]);
    expect((await contentsOf(await readFile(path)))['large.pdf']?.equals(Buffer.alloc(3_000_000))).toBe(true);
  });

  it('stays when the source keeps it', async () => {
    const kept = [new Uint8Array(1_500_000)];
    await writeArchiveFile(path, [streamed(kept, 1_500_000)], options);

    expect(kept[0]).toHaveLength(1_500_000);
  });

  it('is an error, not an archive, when chunks give memory that they share', async () => {
    const source = { ...streamed([new Uint8Array(3_000_000)], 1_500_000), givesMemory: true };

    await expect(writeArchiveFile(path, [source], options)).rejects.toMatchObject({ code: 'ENTRY_SIZE_CHANGED' });
    expect(await readdir(folder)).toEqual([]);
  });
});

describe('writing chunks', () => {
  it('continues where a short write ended', async () => {
    const sizes = fc.array(fc.nat(700_000), { maxLength: 6 });
    const steps = fc.array(fc.integer({ min: 50_000, max: 2_000_000 }), { minLength: 1, maxLength: 5 });
    await fc.assert(
      fc.asyncProperty(sizes, steps, async (chunkSizes, mostBytes) => {
        const expected = Buffer.concat(chunkSizes.map((size, at) => Buffer.alloc(size, at + 1)));
        const written: Buffer[] = [];
        const writev = async <T extends readonly NodeJS.ArrayBufferView[]>(buffers: T) => {
          const all = Buffer.concat(buffers as unknown as readonly Uint8Array[]);
          const taken = all.subarray(0, mostBytes[written.length % mostBytes.length]);
          written.push(taken);
          return { bytesWritten: taken.length, buffers };
        };
        async function* chunks() {
          for (const [at, size] of chunkSizes.entries()) yield { bytes: Buffer.alloc(size, at + 1), givesMemory: true };
        }
        await writeChunks({ writev }, chunks());

        expect(Buffer.concat(written).equals(expected)).toBe(true);
      }),
      { numRuns: 40 },
    );
  }, 60_000);
});
