import fc from 'fast-check';
import { SeededRandom } from './seeded-random.js';

const draws = (seed: string) => {
  const random = new SeededRandom(seed);
  return Array.from({ length: 20 }, () => random.uint32());
};

describe('SeededRandom', () => {
  it('gives the same sequence for the same seed and another for another', () => {
    expect(draws('a')).toEqual(draws('a'));
    expect(draws('a')).not.toEqual(draws('b'));
  });

  it('stays the same over releases, or every demo file would change', () => {
    expect(draws('northfield').slice(0, 2)).toEqual([3864859477, 1565623631]);
  });

  it('draws whole numbers within their limits', () => {
    fc.assert(
      fc.property(fc.string(), fc.integer({ min: -99, max: 99 }), fc.nat(99), (seed, least, range) => {
        const drawn = new SeededRandom(seed).whole(least, least + range);
        expect(drawn).toBeGreaterThanOrEqual(least);
        expect(drawn).toBeLessThanOrEqual(least + range);
      }),
    );
  });

  it('samples different items, at most all', () => {
    const sample = new SeededRandom('s').sample([1, 2, 3], 5);
    expect(sample.toSorted((a, b) => a - b)).toEqual([1, 2, 3]);
  });

  it('refuses to pick from nothing', () => {
    expect(() => new SeededRandom('s').pick([])).toThrow('empty list');
  });
});
