import { textTable } from './text-table.js';

describe('textTable', () => {
  it('makes each column as wide as its widest cell', () => {
    expect(textTable(['a', 'name'], [['long cell', 'x']])).toBe('A          NAME\nlong cell  x');
  });

  it.each([
    ['several lines', 'a\r\nb'],
    ['a tab', 'a\tb'],
    ['an escape of eight bits', 'a\u009bb'],
    ['a turn of direction', 'a\u202eb'],
  ])('keeps a cell with %s in its place', (_, cell) => {
    expect(textTable(['x', 'y'], [[cell, 'c']])).toBe('X    Y\na b  c');
  });

  it('gives the head alone without rows', () => {
    expect(textTable(['a', 'name'], [])).toBe('A  NAME');
  });
});
