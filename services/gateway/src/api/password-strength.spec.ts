import { refuseIfGuessed } from './password-strength.js';

const names = ['Northfield Lab', 'northfield', 'Ada Lovelace', 'ada'];

describe('a password', () => {
  it.each([
    'aaaaaaaaaaaaaa',
    'aaaaabbbbbcccccddddd',
    'abcabcabcabcabc',
    'abcdefghijklmno',
    '12345678901234',
    'qwertyuiopasdfgh',
    '1qaz2wsx3edc4rfv',
    'Password1234!!',
    'P@ssw0rd2024!!!',
    'passwordpassword',
    'hunter2hunter2',
    'Northfield2026',
    'NorthfieldLab2026!',
    'AdaLovelace2026',
    '密码密码密码密码',
  ])('%s is refused: it is tried first', (password) => {
    expect(() => refuseIfGuessed(password, names)).toThrow(
      expect.objectContaining({
        code: 'VALIDATION_FAILED',
        errors: [{ path: 'password', message: expect.stringContaining('hard to guess') }],
      }),
    );
  });

  it.each([
    'six words in the dark',
    'correct horse, Überraschung 🔑',
    'kitchen table seven',
    'k3J$9dLq!x2PmZ',
    'grünes Haus mit sieben Türmen',
  ])('%s is taken', (password) => {
    expect(() => refuseIfGuessed(password, names)).not.toThrow();
  });
});
