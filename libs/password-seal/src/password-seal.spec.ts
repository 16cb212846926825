import fc from 'fast-check';
import { generateSealKeys, openPassword, sealPassword } from './password-seal.js';

const keys = generateSealKeys();

describe('password seal', () => {
  it('gives back any password to the holder of the private key', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'grapheme', minLength: 1, maxLength: 256 }), (password) => {
        const sealed = sealPassword(password, keys.publicKey, 'northfield');
        expect(openPassword(sealed, keys.privateKey, 'northfield')).toBe(password);
      }),
    );
  });

  it('looks different at each call', () => {
    const seal = () => sealPassword('correct horse', keys.publicKey, 'northfield');
    expect(seal()).not.toBe(seal());
  });

  it('stays shut for another key', () => {
    const sealed = sealPassword('correct horse', keys.publicKey, 'northfield');
    expect(() => openPassword(sealed, generateSealKeys().privateKey, 'northfield')).toThrow(
      expect.objectContaining({ code: 'SEAL_UNREADABLE' }),
    );
  });

  it('stays shut for another account', () => {
    const sealed = sealPassword('correct horse', keys.publicKey, 'northfield');
    expect(() => openPassword(sealed, keys.privateKey, 'harbour')).toThrow(
      expect.objectContaining({ code: 'SEAL_UNREADABLE' }),
    );
  });

  it('stays shut when any byte was changed', () => {
    const sealed = sealPassword('correct horse', keys.publicKey, 'northfield');
    fc.assert(
      fc.property(fc.integer({ min: 3, max: sealed.length - 2 }), (at) => {
        const changed = sealed.slice(0, at) + (sealed[at] === 'A' ? 'B' : 'A') + sealed.slice(at + 1);
        expect(() => openPassword(changed, keys.privateKey, 'northfield')).toThrow('sealed password');
      }),
    );
  });
});
