import { resolveRange } from './byte-range.js';

describe('resolveRange', () => {
  it.each([
    [10, undefined, { start: 0, end: 9, sizeBytes: 10 }],
    [0, undefined, { start: 0, end: -1, sizeBytes: 0 }],
    [10, { start: 0, end: 0 }, { start: 0, end: 0, sizeBytes: 1 }],
    [10, { start: 9, end: 9 }, { start: 9, end: 9, sizeBytes: 1 }],
    [10, { start: 4 }, { start: 4, end: 9, sizeBytes: 6 }],
  ])('of %d bytes, %j is %j', (objectBytes, range, expected) => {
    expect(resolveRange('k', objectBytes, range)).toEqual(expected);
  });

  it.each([
    [10, { start: 10 }],
    [10, { start: 0, end: 10 }],
    [10, { start: 5, end: 4 }],
    [10, { start: -1 }],
    [10, { start: 0.5 }],
    [10, { start: Number.NaN }],
    [0, { start: 0 }],
  ])('refuses, of %d bytes, %j', (objectBytes, range) => {
    const resolve = () => resolveRange('k', objectBytes, range);
    expect(resolve).toThrow(expect.objectContaining({ code: 'OBJECT_RANGE_INVALID' }));
  });
});
