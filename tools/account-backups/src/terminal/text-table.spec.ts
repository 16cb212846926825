import { textTable } from './text-table.js';

describe('textTable', () => {
  it('makes each column as wide as its widest cell', () => {
    expect(textTable(['a', 'name'], [['long cell', 'x']])).toBe('A          NAME\nlong cell  x');
  });

  it.each([
    ['several lines', 'a\r\nb'],
    ['a tab', 'a\tb'],
  ])('keeps a cell with %s in its place', (_, cell) => {
    expect(textTable(['x', 'y'], [[cell, 'c']])).toBe('X    Y\na b  c');
  });

  it.each(['\u001b', '\u009b', '\u202e'])('shows the control character %j instead of obeying it', (character) => {
    expect(textTable(['x'], [[`a${character}b`]])).toMatch(/\na\\u[0-9a-f]{4}b$/);
  });

  it('gives the head alone without rows', () => {
    expect(textTable(['a', 'name'], [])).toBe('A  NAME');
  });
});
