import fc from 'fast-check';
import { normalizedPassword, passwordFaultOf } from './archive-password.js';

describe('the password of an archive', () => {
  it.each([
    ['', 'empty'],
    ['x'.repeat(13), 'short'],
    ['é'.repeat(50), 'long'],
    [' secret', 'edge'],
    ['secret ', 'edge'],
    [' ', 'edge'],
    ['a\u00A0b', 'space'],
    ['secret\u00A0', 'space'],
    ['a\tb', 'space'],
    ['a\nb', 'space'],
    ['a\u3000b', 'space'],
    ['a\u2028b', 'space'],
    ['\uFEFFsecret', 'space'],
    ['a\u0000b', 'invisible'],
    ['a\u00ADb', 'invisible'],
    ['a\u200Bb', 'invisible'],
    ['👩\u200D🚀', 'invisible'],
    ['a\u3164b', 'invisible'],
    ['a\u2800b', 'invisible'],
    ['a\uD800b', 'invisible'],
  ])('%j is refused: %s', (password, fault) => {
    expect(passwordFaultOf(password)).toBe(fault);
  });

  it.each([
    'x'.repeat(14),
    'correct horses',
    'Pässwörd 密码 🔑',
    'x'.repeat(99),
    'é'.repeat(7),
    '  '.padStart(3, 'a').padEnd(16, 'b'),
    'e\u0301'.repeat(49),
  ])('%j is taken', (password) => {
    expect(passwordFaultOf(password)).toBeUndefined();
  });

  it('is the same however it is typed, and so is what is wrong with it', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'grapheme' }), (password) => {
        const [composed, decomposed] = [password.normalize('NFC'), password.normalize('NFD')];
        expect(normalizedPassword(decomposed)).toBe(normalizedPassword(composed));
        expect(passwordFaultOf(decomposed)).toBe(passwordFaultOf(composed));
      }),
    );
  });
});
