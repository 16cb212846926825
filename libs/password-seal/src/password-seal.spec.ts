import fc from 'fast-check';
import { generateSealKeys, openPassword, sealPassword } from './password-seal.js';

const keys = generateSealKeys();
const unreadable = expect.objectContaining({ code: 'SEAL_UNREADABLE' });

describe('password seal', () => {
  it('gives back any password to the holder of the private key', async () => {
    await fc.assert(
      fc.asyncProperty(fc.string({ unit: 'grapheme', minLength: 1, maxLength: 256 }), async (password) => {
        const sealed = await sealPassword(password, keys.publicKey, 'northfield');
        expect(await openPassword(sealed, keys.privateKey, 'northfield')).toBe(password);
      }),
    );
  });

  it('looks different at each call', async () => {
    const seal = () => sealPassword('correct horse', keys.publicKey, 'northfield');
    expect(await seal()).not.toBe(await seal());
  });

  it('is a compact JWE with everything that another program needs to open it', async () => {
    const [header, encryptedKey] = (await sealPassword('correct horse', keys.publicKey, 'northfield')).split('.');
    expect(JSON.parse(Buffer.from(header ?? '', 'base64url').toString())).toEqual({
      alg: 'ECDH-ES',
      enc: 'A256GCM',
      epk: { kty: 'OKP', crv: 'X25519', x: expect.stringMatching(/^[\w-]{43}$/) },
      apv: Buffer.from('northfield').toString('base64url'),
    });
    expect(encryptedKey).toBe('');
  });

  it('stays shut for another key', async () => {
    const sealed = await sealPassword('correct horse', keys.publicKey, 'northfield');
    await expect(openPassword(sealed, generateSealKeys().privateKey, 'northfield')).rejects.toThrow(unreadable);
  });

  it('stays shut for another account', async () => {
    const sealed = await sealPassword('correct horse', keys.publicKey, 'northfield');
    await expect(openPassword(sealed, keys.privateKey, 'harbour')).rejects.toThrow(unreadable);
  });

  it('stays shut when any byte was changed', async () => {
    // Twelve bytes: no part but the last ends in bits that base64url ignores.
    const sealed = await sealPassword('open sesame!', keys.publicKey, 'northfield');
    await fc.assert(
      fc.asyncProperty(fc.integer({ min: 0, max: sealed.length - 2 }), async (at) => {
        const changed = sealed.slice(0, at) + (sealed[at] === 'A' ? 'B' : 'A') + sealed.slice(at + 1);
        await expect(openPassword(changed, keys.privateKey, 'northfield')).rejects.toThrow('sealed password');
      }),
    );
  });
});

describe('a seal of the release before', () => {
  // Made by the code of that release, with a key pair of its own.
  const privateKey = 'MC4CAQAwBQYDK2VuBCIEIFjrQZ3pm6V7+XiH/pmUVwV26iD8zxVwBgUSGelqRTF7';
  const sealed =
    'v1.pN-86jnKujnYGWqGNSxnTphEgKYLDPnDo-vy9UUzPUtif6n2hX5jyyX_0qR-ynzmLUV0HEU-H6ure1x0Hz-fbCfm13mKPZ_E4-qv0Q';

  it('still opens', async () => {
    expect(await openPassword(sealed, privateKey, 'northfield')).toBe('correct horse ü');
  });

  it('stays shut for another key or account, and when a byte was changed', async () => {
    await expect(openPassword(sealed, keys.privateKey, 'northfield')).rejects.toThrow(unreadable);
    await expect(openPassword(sealed, privateKey, 'harbour')).rejects.toThrow(unreadable);
    await expect(openPassword(sealed.replace('pN', 'pM'), privateKey, 'northfield')).rejects.toThrow(unreadable);
  });
});
