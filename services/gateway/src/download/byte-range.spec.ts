import { readRange } from './byte-range.js';

describe('a Range header', () => {
  it.each([
    [undefined, 'all'],
    ['bytes=0-', { start: 0, end: 100 }],
    ['bytes=10-19', { start: 10, end: 20 }],
    ['bytes=90-200', { start: 90, end: 100 }],
    ['bytes=99-99', { start: 99, end: 100 }],
    ['bytes=-10', { start: 90, end: 100 }],
    ['bytes=-1000', { start: 0, end: 100 }],
    ['bytes=100-', 'unsatisfiable'],
    ['bytes=-0', 'unsatisfiable'],
    ['bytes=20-10', 'all'],
    ['bytes=0-1,5-6', 'all'],
    ['bytes=-', 'all'],
    ['lines=0-1', 'all'],
  ])('%s of 100 bytes means %j', (header, expected) => {
    expect(readRange(header, 100)).toEqual(expected);
  });

  it('cannot be satisfied by an empty object', () => {
    expect(readRange('bytes=0-', 0)).toBe('unsatisfiable');
  });
});
