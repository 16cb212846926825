import fc from 'fast-check';
import { superfluous } from './kept-checkpoints.js';

const sizes = fc.uniqueArray(fc.nat(10_000), { minLength: 1, maxLength: 40 });

describe('superfluous', () => {
  it('leaves at most as many as asked, the first and the newest among them', () => {
    fc.assert(
      fc.property(sizes, fc.integer({ min: 2, max: 10 }), (all, limit) => {
        const gone = new Set(superfluous(all, limit));
        const kept = all.filter((size) => !gone.has(size));
        expect(kept).toHaveLength(Math.min(limit, all.length));
        expect([Math.min(...kept), Math.max(...kept)]).toEqual([Math.min(...all), Math.max(...all)]);
      }),
    );
  });

  it('keeps the newer ones closer together', () => {
    let kept: readonly number[] = [];
    for (let size = 1; size <= 1_000; size += 1) {
      const gone = new Set(superfluous([...kept, size], 12));
      kept = [...kept, size].filter((each) => !gone.has(each));
    }
    expect(kept).toHaveLength(12);
    expect(kept.slice(-2)).toEqual([999, 1_000]);
    expect(kept.filter((size) => size > 500).length).toBeGreaterThanOrEqual(6);
  });
});
