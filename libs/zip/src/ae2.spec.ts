import { authenticateAe2, AE2_OVERHEAD_BYTES, decipherAe2, deriveAe2Key, encryptAe2 } from './ae2.js';
import { bytesOf } from './testing/archives.js';

const salt = Buffer.from('000102030405060708090a0b0c0d0e0f', 'hex');

// By another implementation: hashlib.pbkdf2_hmac('sha1', b'password', bytes(range(16)), 1000, 66)
const PBKDF2_OF_PASSWORD =
  '0309e2fe4e0bdfe7d0fe4828d41c234416e2d9bfb61cdd8f643a11cfbfdfc119e7' +
  '8b0eb3d9243415743b2fe4f5e67c6689bd2c3e512d0fda622dd7d1b0565b83256b';

async function* streamOf(...chunks: Buffer[]): AsyncGenerator<Buffer> {
  yield* chunks;
}

describe('AE-2', () => {
  it('derives keys and verifier as PBKDF2 does, and the same for the same salt', async () => {
    const key = await deriveAe2Key('password', salt);

    const all = Buffer.concat([key.encryptionKey, key.authenticationKey, key.verifier]).toString('hex');
    expect(all).toBe(PBKDF2_OF_PASSWORD);
  });

  it('adds 28 bytes and gives the content back to the same password', async () => {
    const content = Buffer.from('content '.repeat(20_000));
    const key = await deriveAe2Key('password');

    const payload = await bytesOf(encryptAe2(key, streamOf(content.subarray(0, 7), content.subarray(7))));

    const again = await deriveAe2Key('password', payload.subarray(0, 16));
    expect(payload).toHaveLength(content.length + AE2_OVERHEAD_BYTES);
    expect(again.verifier).toEqual(payload.subarray(16, 18));
    expect(await bytesOf(decipherAe2(again, streamOf(payload.subarray(18, -10))))).toEqual(content);
  });

  it('refuses ciphertext that its authentication code does not match', async () => {
    const key = await deriveAe2Key('password', salt);
    const expected = { entryName: 'a', code: () => Promise.resolve(Buffer.alloc(10)) };

    await expect(bytesOf(authenticateAe2(key, streamOf(Buffer.from('x')), expected))).rejects.toMatchObject({
      code: 'BAD_AUTHENTICATION',
      entryName: 'a',
    });
  });
});
