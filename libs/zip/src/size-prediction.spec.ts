import { ArchiveSize, centralDirectorySize, entrySize, segmentSize, type EntryShape } from './size-prediction.js';

const shape: EntryShape = { name: 'a.pdf', modifiedAt: new Date('2026-03-01T09:30:00Z'), sizeBytes: 1_000 };
const GIB = 2 ** 30;

describe('size prediction', () => {
  it('knows an entry from its facts alone', () => {
    expect(entrySize(shape)).toBe(30 + 5 + 9 + 1_000);
    expect(entrySize({ ...shape, deflatedSizeBytes: 400 })).toBe(30 + 5 + 9 + 400);
    expect(entrySize({ ...shape, encrypted: true })).toBe(30 + 5 + 9 + 11 + 28 + 1_000);
    expect(entrySize({ ...shape, encrypted: true, sizeBytes: 0 })).toBe(30 + 5 + 9);
    expect(entrySize({ ...shape, sizeBytes: 4 * GIB })).toBe(30 + 5 + 9 + 20 + 4 * GIB);
  });

  it('adds ZIP64 by size of the encrypted payload', () => {
    const below = entrySize({ ...shape, sizeBytes: 4 * GIB - 30 });
    const encrypted = entrySize({ ...shape, sizeBytes: 4 * GIB - 28, encrypted: true });

    expect(below).toBe(44 + 4 * GIB - 30);
    expect(encrypted).toBe(44 + 11 + 20 + 4 * GIB);
  });

  it('adds up segments and directories', () => {
    expect(segmentSize([shape, shape])).toBe(2 * entrySize(shape));
    expect(centralDirectorySize([shape, shape])).toBe(2 * (46 + 5 + 9) + 22);
  });

  it('adds ZIP64 by offset and for the end records', () => {
    const size = new ArchiveSize();
    [1, 2].forEach(() => size.add({ ...shape, sizeBytes: 3 * GIB }));
    const second = 46 + 5 + 9;

    expect(size.directoryBytes).toBe(second + second + 56 + 20 + 22);
    size.add(shape);
    expect(size.directoryBytes).toBe(second * 3 + 12 + 56 + 20 + 22);
    expect(size.totalBytes).toBe(size.entriesBytes + size.directoryBytes);
  });
});
