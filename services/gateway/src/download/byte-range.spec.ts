import { readRange } from './byte-range.js';

const unsatisfiable = expect.objectContaining({ code: 'RANGE_NOT_SATISFIABLE' });

describe('a Range header', () => {
  it.each([
    [undefined, 'all'],
    ['bytes=0-', { start: 0, end: 100 }],
    ['bytes=10-19', { start: 10, end: 20 }],
    ['bytes=90-200', { start: 90, end: 100 }],
    ['bytes=99-99', { start: 99, end: 100 }],
    ['bytes=-10', { start: 90, end: 100 }],
    ['bytes=-1000', { start: 0, end: 100 }],
    [`bytes=90-${'9'.repeat(40)}`, { start: 90, end: 100 }],
    [`bytes=-${'9'.repeat(40)}`, { start: 0, end: 100 }],
    ['bytes= 0-1 ,', { start: 0, end: 2 }],
    ['BYTES=0-1', { start: 0, end: 2 }],
    ['bytes=20-10', 'all'],
    ['bytes=0-1;5-6', 'all'],
    ['bytes=0-1,x', 'all'],
    ['bytes=-', 'all'],
    ['lines=0-1', 'all'],
  ])('%s of 100 bytes means %j', (header, expected) => {
    expect(readRange(header, 100)).toEqual(expected);
  });

  it.each(['bytes=100-', 'bytes=-0', 'bytes=9007199254740992-', `bytes=${'9'.repeat(40)}-`, 'bytes=0-1,5-6'])(
    '%s of 100 bytes cannot be satisfied',
    (header) => expect(() => readRange(header, 100)).toThrow(unsatisfiable),
  );

  it('cannot be satisfied by an empty object', () => {
    expect(() => readRange('bytes=0-', 0)).toThrow(unsatisfiable);
  });

  it('of several says that one may be asked for at a time', () => {
    expect(() => readRange('bytes=0-1,5-6', 100)).toThrow('one range at a time');
  });
});
