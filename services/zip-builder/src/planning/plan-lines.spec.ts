import fc from 'fast-check';
import { PlanLines } from './plan-lines.js';

describe('the lines of a plan', () => {
  it('come back as they were, each with its end, whatever they take; and then none is left', () => {
    const line = fc.oneof(fc.string({ unit: 'grapheme' }), fc.constantFrom('é'.repeat(100_000), '日'.repeat(300_000)));
    const lines = new PlanLines();
    fc.assert(
      fc.property(fc.array(line, { maxLength: 8 }), (all) => {
        for (const each of all) lines.add(each);
        expect(lines.take().toString()).toBe(all.map((each) => `${each}\n`).join(''));
        expect(lines.take()).toHaveLength(0);
      }),
      { numRuns: 30 },
    );
  });
});
