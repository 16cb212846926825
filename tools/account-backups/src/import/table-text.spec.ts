import { tableText } from './table-text.js';

describe('tableText', () => {
  it.each(['windows-1252', 'latin1', 'iso-8859-1'])('reads all of windows-1252, named %s', (encoding) => {
    const bytes = Uint8Array.from({ length: 0x21 }, (_, at) => 0x80 + at);
    const letters = bytes.filter((byte) => ![0x81, 0x8d, 0x8f, 0x90, 0x9d].includes(byte));
    expect(tableText(Buffer.from(letters), encoding)).toBe('€‚ƒ„…†‡ˆ‰Š‹ŒŽ‘’“”•–—˜™š›œžŸ\u00a0');
  });

  it.each(['utf-16le', 'utf-16be'])('knows %s without a mark by its first letter', (encoding) => {
    const bytes = Buffer.from('path;title\n試料', 'utf16le');
    expect(tableText(encoding === 'utf-16le' ? bytes : bytes.swap16(), undefined)).toBe('path;title\n試料');
  });

  it('leaves out marks amid UTF-16', () => {
    expect(tableText(Buffer.from('\uFEFFpath\na\uFEFFb', 'utf16le'), undefined)).toBe('path\nab');
  });

  it.each([
    ['U+0000', Buffer.from('path\n\0', 'latin1'), undefined],
    ['U+001A', Buffer.from('path\n\x1a', 'latin1'), 'windows-1252'],
    ['U+007F', Buffer.from('path\n\x7f'), undefined],
    ['U+0081', Buffer.from('path\n\x81', 'latin1'), 'windows-1252'],
  ])('refuses %s, which stands for a letter that was lost', (sign, bytes, encoding) => {
    expect(() => tableText(bytes, encoding)).toThrow(`line 2: ${sign} is no letter`);
  });
});
