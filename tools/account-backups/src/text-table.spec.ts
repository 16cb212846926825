import { textTable } from './text-table.js';

describe('textTable', () => {
  it('makes each column as wide as its widest cell', () => {
    expect(textTable(['a', 'name'], [['long cell', 'x']])).toBe('A          NAME\nlong cell  x');
  });

  it('gives the head alone without rows', () => {
    expect(textTable(['a', 'name'], [])).toBe('A  NAME');
  });
});
