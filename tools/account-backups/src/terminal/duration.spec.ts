import { durationSeconds } from './duration.js';

describe('durationSeconds', () => {
  it.each([
    ['45s', 45],
    ['30m', 1_800],
    ['1h', 3_600],
    ['7d', 604_800],
  ])('takes %s as %i seconds', (text, seconds) => {
    expect(durationSeconds(text)).toBe(seconds);
  });

  it.each(['', '1', 'h', '0h', '-1h', '1.5h', '1w', '1h30m', ' 1h'])('refuses "%s"', (text) => {
    expect(() => durationSeconds(text)).toThrow('expected a number and a unit');
  });
});
