import fc from 'fast-check';
import { winAnsi } from './win-ansi.js';

describe('winAnsi', () => {
  it.each([
    ['Seán Ó Briain · 5 µg – “ok” €', 'Seán Ó Briain · 5 µg – “ok” €'],
    ['Łódź', 'Lódz'],
    ['Cafe\u0301', 'Café'],
    ['Yuki Tanaka (田中 由紀)', 'Yuki Tanaka'],
    ['検体', ''],
  ])('shows %s as %s', (text, shown) => {
    expect(winAnsi(text)).toBe(shown);
  });

  it('changes nothing when done twice', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'grapheme' }), (text) => expect(winAnsi(winAnsi(text))).toBe(winAnsi(text))),
    );
  });
});
