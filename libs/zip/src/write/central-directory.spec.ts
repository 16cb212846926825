import { centralDirectory, type PlacedRecord } from './central-directory.js';
import { rangesOfBytes } from '../read/range-reader.js';
import { ZipReader } from '../read/zip-reader.js';
import { bytesOf, collect } from '../testing/archives.js';

const ENTRY_BYTES = 100;

function* records(count: number): Generator<PlacedRecord> {
  const facts = { method: 'store', crc32: 0, compressedSizeBytes: 0, sizeBytes: 0, encrypted: false } as const;
  const record = { ...facts, name: 'a', modifiedAt: '2026-03-01T09:30:00Z', offset: 0 };
  for (let index = 0; index < count; index += 1) yield { segmentBaseOffset: index * ENTRY_BYTES, record };
}

describe('central directory', () => {
  it.each([
    [65_534, 65_534, false],
    [65_535, 0xffff, true],
    [65_536, 0xffff, true],
  ])('of %d entries says %d in the end record', async (count, inEndRecord, zip64) => {
    const bytes = await bytesOf(centralDirectory(records(count), count * ENTRY_BYTES));

    expect(bytes.readUInt16LE(bytes.length - 12)).toBe(inEndRecord);
    expect(bytes.readUInt32LE(bytes.length - 42) === 0x07064b50).toBe(zip64);
  });

  it('is readable when it begins beyond 4 GiB', async () => {
    const offset = 2 ** 32 + 5;
    const bytes = await bytesOf(centralDirectory(records(3), offset));
    const readRange = async (from: number, length: number) =>
      bytes.subarray(Math.max(0, from - offset)).subarray(0, length);

    const reader = await ZipReader.open(
      async (from, length) =>
        from < offset ? Buffer.concat([Buffer.alloc(offset - from), bytes]) : readRange(from, length),
      offset + bytes.length,
    );

    expect(reader.directoryOffset).toBe(offset);
    expect((await collect(reader.entries())).map((entry) => entry.offset)).toEqual([0, 100, 200]);
  });

  it('keeps memory flat over 100,000 streamed records', async () => {
    let largestBlock = 0;
    let sizeBytes = 0;
    for await (const block of centralDirectory(records(100_000), 100_000 * ENTRY_BYTES)) {
      largestBlock = Math.max(largestBlock, block.length);
      sizeBytes += block.length;
    }

    expect(sizeBytes).toBeGreaterThan(100_000 * 46);
    expect(largestBlock).toBeLessThan(66_000);
  });

  it('takes deflated records of an earlier version, which have no checksum of their compressed bytes', async () => {
    const older = [...records(2)].map(({ record, ...place }) => ({
      ...place,
      record: { ...record, method: 'deflate' as const },
    }));
    const newer = older.map(({ record, ...place }) => ({ ...place, record: { ...record, compressedCrc32: 7 } }));
    const bytes = await bytesOf(centralDirectory([...older.slice(0, 1), ...newer.slice(1)], 2 * ENTRY_BYTES));
    const archive = Buffer.concat([Buffer.alloc(2 * ENTRY_BYTES), bytes]);

    const reader = await ZipReader.open(rangesOfBytes(archive), archive.length);

    expect((await collect(reader.entries())).map((entry) => entry.compressedCrc32)).toEqual([undefined, 7]);
  });

  it('refuses an entry that does not lie before it', async () => {
    await expect(bytesOf(centralDirectory(records(2), ENTRY_BYTES))).rejects.toMatchObject({ code: 'INVALID_RECORD' });
  });
});
