import { duration } from './duration.js';

describe('a duration', () => {
  it.each([
    ['45s', 45],
    ['30m', 1_800],
    ['1h', 3_600],
    ['7d', 604_800],
  ])('of %s is %i seconds', (text, seconds) => {
    expect(duration.parse(text)).toBe(seconds);
  });

  it.each(['', '1', 'h', '0h', '-1h', '1.5h', '1w', '1h30m', ' 1h'])('is not "%s"', (text) => {
    expect(() => duration.parse(text)).toThrow('expected a number and a unit');
  });
});
