import { MIB } from '@account-backups/contracts';
import fc from 'fast-check';
import { cutFor, SegmentPacker } from './segment-packing.js';

function pack(sizes: readonly number[], wishedMib = 64): SegmentPacker {
  const total = sizes.reduce((sum, size) => sum + size, 0);
  const packer = new SegmentPacker(cutFor({ sizeBytes: total, fileCount: sizes.length }, wishedMib * MIB));
  for (const sizeBytes of sizes) if (packer.add([{ sizeBytes }])) packer.close();
  if (!packer.isEmpty) packer.close();
  return packer;
}

describe('packing documents into segments', () => {
  it('reserves part numbers that do not overlap and hold every segment', () => {
    fc.assert(
      fc.property(fc.array(fc.nat({ max: 400 * MIB }), { minLength: 1, maxLength: 60 }), (sizes) => {
        const { segments, closingPart } = pack(sizes);
        const total = sizes.reduce((sum, size) => sum + size, 0);
        const { partBytes } = cutFor({ sizeBytes: total, fileCount: sizes.length }, 64 * MIB);
        const next = segments.reduce((part, segment) => {
          expect(segment.firstPart).toBe(part);
          expect(segment.partCount * partBytes).toBeGreaterThan(segment.sizeBytes);
          return part + segment.partCount;
        }, 1);
        expect(closingPart).toBe(next);
      }),
    );
  });

  it('closes a segment of many documents without a place, and counts none of them', () => {
    const packer = new SegmentPacker(cutFor({ sizeBytes: 0, fileCount: 0 }, 64 * MIB));
    packer.add([{ sizeBytes: 10 }]);
    const full = Array.from({ length: 1_999 }, () => packer.addAbsent());
    expect([full.indexOf(true), packer.isEmpty]).toEqual([1_998, false]);
    expect(packer.close()).toMatchObject({ documentCount: 1, sizeBytes: 10 });
    expect(packer.isEmpty).toBe(true);
  });

  it('keeps every document', () => {
    fc.assert(
      fc.property(fc.array(fc.nat({ max: 90 * MIB }), { minLength: 1 }), (sizes) => {
        const { segments } = pack(sizes);
        expect(segments.reduce((sum, { documentCount }) => sum + documentCount, 0)).toBe(sizes.length);
      }),
    );
  });

  it.each([1, 100, 5_000, 20_000])('finds part numbers enough for %i GiB in large files', (gib) => {
    const file = 4 * 1_024 * MIB;
    const sizes = Array.from({ length: Math.ceil(gib / 4) }, () => file);
    expect(pack(sizes).closingPart).toBeLessThanOrEqual(8_500);
  });

  it('makes parts no larger than they must be', () => {
    expect(cutFor({ sizeBytes: 10 * 1_024 * MIB, fileCount: 10_000 }, 64 * MIB)).toEqual({
      partBytes: 8 * MIB,
      segmentBytes: 64 * MIB,
    });
  });

  it.each([
    [100, 16, 256],
    [1_000, 205, 820],
    [10_000, 2_049, 8_196],
  ])('makes segments longer first, then parts larger, for %i GiB', (gib, partMib, segmentMib) => {
    expect(cutFor({ sizeBytes: gib * 1_024 * MIB, fileCount: 1 }, 64 * MIB)).toEqual({
      partBytes: partMib * MIB,
      segmentBytes: segmentMib * MIB,
    });
  });

  it('refuses what no parts of 5 GiB can hold', () => {
    const beyond = () => cutFor({ sizeBytes: 30 * MIB * MIB, fileCount: 1 }, 64 * MIB);
    expect(beyond).toThrow(expect.objectContaining({ code: 'BUILD_TOO_LARGE' }));
  });

  it('makes small segments when they are wished for, of parts that a store takes', () => {
    expect(cutFor({ sizeBytes: 300 * MIB, fileCount: 100 }, 8 * MIB)).toEqual({
      partBytes: 5 * MIB,
      segmentBytes: 20 * MIB,
    });
  });

  it('closes a segment of many small documents', () => {
    expect(pack(Array.from({ length: 5_000 }, () => 10)).segments.map(({ documentCount }) => documentCount)).toEqual([
      2_000, 2_000, 1_000,
    ]);
  });
});
