import { resolveRange } from './object-range.js';

describe('resolveRange', () => {
  it.each([
    [10, undefined, { start: 0, end: 10 }],
    [0, undefined, { start: 0, end: 0 }],
    [10, { start: 0, end: 1 }, { start: 0, end: 1 }],
    [10, { start: 9, end: 10 }, { start: 9, end: 10 }],
    [10, { start: 4, end: 10 }, { start: 4, end: 10 }],
  ])('of %d bytes, %j is %j', (objectBytes, range, expected) => {
    expect(resolveRange('k', objectBytes, range)).toEqual(expected);
  });

  it.each([
    [10, { start: 10, end: 11 }],
    [10, { start: 0, end: 11 }],
    [10, { start: 5, end: 5 }],
    [10, { start: -1, end: 1 }],
    [10, { start: 0.5, end: 2 }],
    [10, { start: Number.NaN, end: 1 }],
    [0, { start: 0, end: 1 }],
  ])('refuses, of %d bytes, %j', (objectBytes, range) => {
    const resolve = () => resolveRange('k', objectBytes, range);
    expect(resolve).toThrow(expect.objectContaining({ code: 'OBJECT_RANGE_INVALID' }));
  });
});
