import { createHash, randomBytes } from 'node:crypto';
import fc from 'fast-check';
import { SHA256_FRAME_BYTES, sharedSha256, ThreadedSha256 } from './threaded-sha256.js';

const content = randomBytes(20 * SHA256_FRAME_BYTES);
const expected = (length: number) => createHash('sha256').update(content.subarray(0, length)).digest('hex');

async function hashed(length: number, step: number): Promise<string> {
  const hash = new ThreadedSha256();
  for (let at = 0; at < length; at += step) await hash.update(content.subarray(at, Math.min(at + step, length)));
  return hash.digest();
}

describe('SHA-256 on a thread', () => {
  it('is that of the bytes, for streams of any length side by side', async () => {
    const lengths = fc.oneof(
      fc.constantFrom(0, 1, SHA256_FRAME_BYTES - 1, SHA256_FRAME_BYTES, SHA256_FRAME_BYTES + 1, content.length),
      fc.nat(content.length),
    );
    const stream = fc.record({ length: lengths, step: fc.integer({ min: 5_000, max: 2 * SHA256_FRAME_BYTES }) });
    const property = fc.asyncProperty(fc.array(stream, { maxLength: 12 }), async (streams) => {
      const digests = await Promise.all(streams.map(({ length, step }) => hashed(length, step)));
      expect(digests).toEqual(streams.map(({ length }) => expected(length)));
    });
    await fc.assert(property, { numRuns: 20 });
  });

  it('is that of memory that is shared, beside streams', async () => {
    const shared = new Uint8Array(new SharedArrayBuffer(content.length));
    shared.set(content);
    const part = shared.subarray(7, 1_000_007);

    const digests = await Promise.all([sharedSha256(part), hashed(content.length, 300_000), sharedSha256(shared)]);

    const ofPart = createHash('sha256').update(content.subarray(7, 1_000_007)).digest('hex');
    expect(digests).toEqual([ofPart, expected(content.length), expected(content.length)]);
  });

  it('goes on for others after one that was abandoned', async () => {
    const left = new ThreadedSha256();
    await left.update(content);
    left.abandon();

    expect(await hashed(content.length, 100_000)).toBe(expected(content.length));
  });
});
