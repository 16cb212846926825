import { pbkdf2Sync } from 'node:crypto';
import fc from 'fast-check';
import { DERIVED_BYTES, Pbkdf2, SALT_BYTES } from './pbkdf2.js';

const bytes = (minLength: number, maxLength: number) => fc.uint8Array({ minLength, maxLength });

describe('PBKDF2 on four lanes', () => {
  it('gives what OpenSSL gives, for keys shorter and longer than a block and any number of rounds', () => {
    const pbkdf2 = new Pbkdf2();

    fc.assert(
      fc.property(
        bytes(1, 130),
        bytes(SALT_BYTES, SALT_BYTES),
        fc.integer({ min: 1, max: 20 }),
        (password, salt, rounds) => {
          const expected = pbkdf2Sync(password, salt, rounds, DERIVED_BYTES, 'sha1');
          expect(pbkdf2.derive(password, salt, rounds)).toEqual(expected);
        },
      ),
    );
  });

  it('gives what hashlib of Python gives for 1000 rounds', () => {
    const salt = Buffer.from('000102030405060708090a0b0c0d0e0f', 'hex');

    const derived = new Pbkdf2().derive(Buffer.from('password'), salt, 1000);

    expect(derived.subarray(0, 66).toString('hex')).toBe(
      '0309e2fe4e0bdfe7d0fe4828d41c234416e2d9bfb61cdd8f643a11cfbfdfc119e7' +
        '8b0eb3d9243415743b2fe4f5e67c6689bd2c3e512d0fda622dd7d1b0565b83256b',
    );
  });
});
