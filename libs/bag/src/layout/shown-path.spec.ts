import fc from 'fast-check';
import { shownPath } from './shown-path.js';

it('tells a path that is not too long as it is', () => {
  const names = Array.from({ length: 20 }, (_, at) => `${at}`.padEnd(30, 'n'));
  expect(shownPath(names)).toBe(names);
});

it('leaves out the middle of a longer one', () => {
  const names = Array.from({ length: 100 }, (_, at) => `${at}`.padEnd(150, 'n'));
  expect(shownPath(names)).toEqual([names[0], '…', names[98], names[99]]);
});

it('tells the first and the last however long they are', () => {
  expect(shownPath(['a'.repeat(400), 'b', 'c'.repeat(400)])).toEqual(['a'.repeat(400), '…', 'c'.repeat(400)]);
  expect(shownPath(['a'.repeat(400), 'b'.repeat(400)])).toEqual(['a'.repeat(400), 'b'.repeat(400)]);
});

it('never tells more than 600 characters between more than two names of up to 300', () => {
  const name = fc.integer({ min: 1, max: 300 }).map((length) => 'n'.repeat(length));
  fc.assert(
    fc.property(fc.array(name, { minLength: 1, maxLength: 101 }), (names) => {
      const shown = shownPath(names);
      expect([shown[0], shown.at(-1)]).toEqual([names[0], names.at(-1)]);
      expect(shown.join('').length).toBeLessThanOrEqual(601);
    }),
  );
});
