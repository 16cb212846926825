import fc from 'fast-check';
import { distinctBytes } from './byte-intervals.js';

describe('distinctBytes', () => {
  it('counts a byte once that was sent twice', () => {
    const intervals = [
      { from: 0, to: 10 },
      { from: 5, to: 15 },
      { from: 20, to: 30 },
    ];
    expect(distinctBytes(intervals)).toBe(25);
  });

  it('counts nothing of an interval that ends before it starts', () => {
    expect(distinctBytes([{ from: 10, to: 5 }])).toBe(0);
  });

  it('counts as many bytes as a set of them would hold, in any order', () => {
    const interval = fc.record({ from: fc.nat(60), to: fc.nat(60) });
    fc.assert(
      fc.property(fc.array(interval, { maxLength: 12 }), (intervals) => {
        const bytes = intervals.flatMap(({ from, to }) =>
          Array.from({ length: Math.max(0, to - from) }, (_, at) => from + at),
        );
        expect(distinctBytes(intervals)).toBe(new Set(bytes).size);
      }),
    );
  });
});
