import fc from 'fast-check';
import { coarser, distinctBytes, piecesOf } from './distinct-bytes.js';

describe('distinctBytes', () => {
  it('counts a byte once that was sent twice', () => {
    const ranges = [
      { start: 0, end: 10 },
      { start: 5, end: 15 },
      { start: 20, end: 30 },
    ];
    expect(distinctBytes(ranges)).toBe(25);
  });

  it('counts nothing of a range that ends before it starts', () => {
    expect(distinctBytes([{ start: 10, end: 5 }])).toBe(0);
  });

  it('counts as many bytes as a set of them would hold, in any order', () => {
    const range = fc.record({ start: fc.nat(60), end: fc.nat(60) });
    fc.assert(
      fc.property(fc.array(range, { maxLength: 12 }), (ranges) => {
        const bytes = ranges.flatMap(({ start, end }) =>
          Array.from({ length: Math.max(0, end - start) }, (_, at) => start + at),
        );
        expect(distinctBytes(ranges)).toBe(new Set(bytes).size);
      }),
    );
  });
});

describe('pieces', () => {
  const range = fc.record({ start: fc.nat(60), end: fc.nat(60) });

  it('are in order and never touch', () => {
    fc.assert(
      fc.property(fc.array(range, { maxLength: 12 }), (ranges) => {
        const pieces = piecesOf(ranges);
        const touching = pieces.slice(1).filter(({ start }, at) => start <= (pieces[at]?.end ?? 0));
        expect(touching).toEqual([]);
      }),
    );
  });

  it('made coarser hold at least what they held, in no more pieces than asked', () => {
    fc.assert(
      fc.property(fc.array(range, { maxLength: 12 }), fc.integer({ min: 1, max: 5 }), (ranges, limit) => {
        const pieces = piecesOf(ranges);
        const fewer = coarser(pieces, limit);
        expect(fewer).toHaveLength(Math.min(limit, pieces.length));
        expect(distinctBytes([...fewer, ...pieces])).toBe(distinctBytes(fewer));
        expect([fewer.at(0)?.start, fewer.at(-1)?.end]).toEqual([pieces.at(0)?.start, pieces.at(-1)?.end]);
      }),
    );
  });

  it('made coarser close the smallest gaps', () => {
    const pieces = [
      { start: 0, end: 1 },
      { start: 9, end: 10 },
      { start: 12, end: 13 },
    ];
    expect(coarser(pieces, 2)).toEqual([
      { start: 0, end: 1 },
      { start: 9, end: 13 },
    ]);
  });
});
