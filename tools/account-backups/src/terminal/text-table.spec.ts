import { textTable } from './text-table.js';

describe('textTable', () => {
  it('makes each column as wide as its widest cell', () => {
    expect(textTable(['a', 'name'], [['long cell', 'x']])).toEqual(['A          NAME', 'long cell  x']);
  });

  it.each([
    ['several lines', 'a\r\nb'],
    ['a tab', 'a\tb'],
  ])('keeps a cell with %s in its place', (_, cell) => {
    expect(textTable(['x', 'y'], [[cell, 'c']])).toEqual(['X    Y', 'a b  c']);
  });

  it.each(['\u001b', '\u009b', '\u202e'])('shows the control character %j instead of obeying it', (character) => {
    expect(textTable(['x'], [[`a${character}b`]])[1]).toMatch(/^a\\u[0-9a-f]{4}b$/);
  });

  it('gives the head alone without rows', () => {
    expect(textTable(['a', 'name'], [])).toEqual(['A  NAME']);
  });
});
