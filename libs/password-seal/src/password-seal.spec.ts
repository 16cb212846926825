import { generateKeyPairSync } from 'node:crypto';
import fc from 'fast-check';
import { CompactEncrypt } from 'jose';
import { openPassword, sealKeyId, sealPassword, type SealKey } from './password-seal.js';

function pair(keyId: string) {
  const { privateKey, publicKey } = generateKeyPairSync('x25519');
  return {
    keyId,
    publicKey,
    sealing: { keyId, bytes: publicKey.export({ type: 'spki', format: 'der' }) },
    opening: { keyId, bytes: privateKey.export({ type: 'pkcs8', format: 'der' }) },
  };
}

const [newer, older] = [pair('2'), pair('1')];
const ring: readonly SealKey[] = [newer.opening, older.opening];
const backup = { accountId: 'northfield', backupId: '0199b7a0-4c1e-7d52-9a3b-5f0f6a3e0c9b' };
const seal = (password: string, key: SealKey = older.sealing) => sealPassword(password, key, backup);
const unreadable = expect.objectContaining({ code: 'SEAL_UNREADABLE' });

describe('password seal', () => {
  it('gives back any password to the holder of the private key', async () => {
    await fc.assert(
      fc.asyncProperty(fc.string({ unit: 'grapheme', minLength: 1, maxLength: 256 }), async (password) => {
        expect(await openPassword(await seal(password), ring, backup)).toBe(password);
      }),
    );
  });

  it('looks different at each call', async () => {
    expect(await seal('correct horse')).not.toBe(await seal('correct horse'));
  });

  it('is a compact JWE with everything that another program needs to open it', async () => {
    const [header, encryptedKey] = (await seal('correct horse')).split('.');
    expect(JSON.parse(Buffer.from(header ?? '', 'base64url').toString())).toEqual({
      alg: 'ECDH-ES',
      enc: 'A256GCM',
      kid: '1',
      epk: { kty: 'OKP', crv: 'X25519', x: expect.stringMatching(/^[\w-]{43}$/) },
      apv: Buffer.from('northfield/0199b7a0-4c1e-7d52-9a3b-5f0f6a3e0c9b').toString('base64url'),
    });
    expect(encryptedKey).toBe('');
  });

  it('says which key it is for', async () => {
    expect(sealKeyId(await seal('correct horse', newer.sealing))).toBe('2');
  });

  it.each(['v1.AAAA', 'no seal at all', ''])('of the release before, or none, says nothing: %j', (text) => {
    expect(sealKeyId(text)).toBeNull();
  });

  it('stays shut for another key, also one of the same name', async () => {
    const sealed = await seal('correct horse');
    await expect(openPassword(sealed, [newer.opening], backup)).rejects.toThrow(unreadable);
    await expect(openPassword(sealed, [pair('1').opening], backup)).rejects.toThrow(unreadable);
  });

  it.each([
    ['account', { ...backup, accountId: 'harbour' }],
    ['backup', { ...backup, backupId: '0199b7a0-4c1e-7d52-9a3b-5f0f6a3e0c9c' }],
  ])('stays shut for another %s', async (_what, other) => {
    await expect(openPassword(await seal('correct horse'), ring, other)).rejects.toThrow(unreadable);
  });

  it('stays shut when any byte was changed', async () => {
    // Twelve bytes: no part but the last ends in bits that base64url ignores.
    const sealed = await seal('open sesame!');
    await fc.assert(
      fc.asyncProperty(fc.integer({ min: 0, max: sealed.length - 2 }), async (at) => {
        const changed = sealed.slice(0, at) + (sealed[at] === 'A' ? 'B' : 'A') + sealed.slice(at + 1);
        await expect(openPassword(changed, ring, backup)).rejects.toThrow('sealed password');
      }),
    );
  });
});

describe('a seal of a release before', () => {
  // Made by the code of the first release, with a key pair of its own.
  const bytes = Buffer.from('MC4CAQAwBQYDK2VuBCIEIFjrQZ3pm6V7+XiH/pmUVwV26iD8zxVwBgUSGelqRTF7', 'base64');
  const keys = [newer.opening, { keyId: 'former', bytes }];
  const v1 =
    'v1.pN-86jnKujnYGWqGNSxnTphEgKYLDPnDo-vy9UUzPUtif6n2hX5jyyX_0qR-ynzmLUV0HEU-H6ure1x0Hz-fbCfm13mKPZ_E4-qv0Q';

  it('still opens, whatever its key is called', async () => {
    const withoutKid = await new CompactEncrypt(Buffer.from('correct horse ü'))
      .setProtectedHeader({ alg: 'ECDH-ES', enc: 'A256GCM' })
      .setKeyManagementParameters({ apv: Buffer.from('northfield') })
      .encrypt(older.publicKey);
    expect(await openPassword(v1, keys, backup)).toBe('correct horse ü');
    expect(await openPassword(withoutKid, ring, backup)).toBe('correct horse ü');
    const elsewhere = { ...backup, accountId: 'harbour' };
    await expect(openPassword(withoutKid, ring, elsewhere)).rejects.toThrow(unreadable);
  });

  it('stays shut for another key or account, and when a byte was changed', async () => {
    await expect(openPassword(v1, ring, backup)).rejects.toThrow(unreadable);
    await expect(openPassword(v1, keys, { ...backup, accountId: 'harbour' })).rejects.toThrow(unreadable);
    await expect(openPassword(v1.replace('pN', 'pM'), keys, backup)).rejects.toThrow(unreadable);
  });
});
