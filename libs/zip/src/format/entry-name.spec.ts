import { encodeEntryName } from './entry-name.js';

describe('entry name', () => {
  it.each(['a', 'a/b.txt', '..a', 'a..', 'a/..b/c', '.hidden', 'данные/日本/😀.pdf', 'ab:c', '١٢٣.txt'])(
    'accepts %j as UTF-8',
    (name) => {
      expect(encodeEntryName(name).toString('utf8')).toBe(name);
    },
  );

  it.each([
    ['', 'is empty'],
    ['/a', 'is absolute'],
    ['C:/a', 'is absolute'],
    ['..', 'segment'],
    ['../a', 'segment'],
    ['a/../b', 'segment'],
    ['a/..', 'segment'],
    ['./a', 'segment'],
    ['a//b', 'segment'],
    ['a/', 'segment'],
    ['a\\b', 'backslash'],
    ['a\0b', 'NUL'],
    ['a\ud800', 'lone surrogate'],
  ])('refuses %j', (name, reason) => {
    expect(() => encodeEntryName(name)).toThrow(
      expect.objectContaining({ code: 'INVALID_NAME', message: expect.stringContaining(reason) }),
    );
  });

  it('takes up to 65,535 bytes', () => {
    expect(encodeEntryName('é'.repeat(32_767) + 'a')).toHaveLength(65_535);
    expect(() => encodeEntryName('é'.repeat(32_768))).toThrow(expect.objectContaining({ code: 'INVALID_NAME' }));
  });
});
