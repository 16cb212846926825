import { randomBytes } from 'node:crypto';
import { authenticateAe2, AE2_OVERHEAD_BYTES, decryptAe2, deriveAe2Key, encryptAe2, encryptAe2Frame } from './ae2.js';
import fc from 'fast-check';
import { contentOf, frameOf } from './frame.js';
import { bytesOf } from '../testing/archives.js';

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

  it('adds 28 bytes and decrypts with the same password, however the content is cut into chunks', async () => {
    const content = randomBytes(2_500_000);
    const cuts = fc.array(fc.integer({ min: 0, max: content.length }), { maxLength: 5 });

    await fc.assert(
      fc.asyncProperty(
        fc.constantFrom(1, 15, 16, 17, 65_536, 1_048_576, 1_048_577, content.length),
        cuts,
        async (size, at) => {
          const plain = content.subarray(0, size);
          const payload = await bytesOf(encryptAe2('password', streamOf(...cutAt(plain, at))));
          expect(payload).toHaveLength(size + AE2_OVERHEAD_BYTES);
          expect((await opened(payload)).equals(plain)).toBe(true);
        },
      ),
      { numRuns: 40 },
    );
  });

  it('encrypts a content in memory in one piece', async () => {
    const plain = Buffer.from('content '.repeat(20_000));

    const payload = contentOf(await encryptAe2Frame('password', frameOf(plain, 0)));

    expect(payload).toHaveLength(plain.length + AE2_OVERHEAD_BYTES);
    expect((await opened(payload)).equals(plain)).toBe(true);
  });

  it('uses another salt each time', async () => {
    const payloads = await Promise.all([1, 2].map(() => bytesOf(encryptAe2('password', streamOf(Buffer.from('x'))))));

    expect(payloads[0]?.subarray(0, 16)).not.toEqual(payloads[1]?.subarray(0, 16));
  });

  it('encrypts on after a reader has abandoned one payload', async () => {
    for await (const chunk of encryptAe2('password', streamOf(randomBytes(9_000_000)))) {
      expect(chunk.length).toBeGreaterThan(0);
      break;
    }

    const payload = await bytesOf(encryptAe2('password', streamOf(Buffer.from('next'))));

    expect((await opened(payload)).toString()).toBe('next');
  });

  it('refuses ciphertext that does not match its authentication code', async () => {
    const key = await deriveAe2Key('password', salt);
    const expected = { entryName: 'a', code: () => Promise.resolve(Buffer.alloc(10)) };

    await expect(bytesOf(authenticateAe2(key, streamOf(Buffer.from('x')), expected))).rejects.toMatchObject({
      code: 'BAD_AUTHENTICATION',
      entryName: 'a',
    });
  });
});

function cutAt(bytes: Buffer, places: readonly number[]): Buffer[] {
  const ends = [...places.filter((place) => place < bytes.length), bytes.length].toSorted((one, other) => one - other);
  return ends.map((end, index) => bytes.subarray(ends[index - 1] ?? 0, end));
}

async function opened(payload: Buffer): Promise<Buffer> {
  const key = await deriveAe2Key('password', payload.subarray(0, 16));
  expect(key.verifier).toEqual(payload.subarray(16, 18));
  const code = () => Promise.resolve(payload.subarray(-10));
  const ciphertext = authenticateAe2(key, streamOf(payload.subarray(18, -10)), { entryName: 'a', code });
  return bytesOf(decryptAe2(key, ciphertext));
}
