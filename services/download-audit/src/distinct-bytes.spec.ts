import fc from 'fast-check';
import { distinctBytes } from './distinct-bytes.js';

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
