import fc from 'fast-check';
import { inflateRawSync } from 'node:zlib';
import { DEFLATE_BLOCK_BYTES } from './deflate-block.js';
import { deflated, deflatedBuffer } from './deflate.js';
import { bytesOf, collect } from '../testing/archives.js';

const lines = Buffer.from(Array.from({ length: 120_000 }, (_, row) => `${row};${row ** 2}\n`).join(''));

async function* cut(content: Buffer, chunkBytes: number): AsyncGenerator<Buffer> {
  for (let at = 0; at < content.length; at += chunkBytes) yield content.subarray(at, at + chunkBytes);
}

describe('deflating in blocks', () => {
  it.each([0, 1, DEFLATE_BLOCK_BYTES - 1, DEFLATE_BLOCK_BYTES, DEFLATE_BLOCK_BYTES + 1, 3 * DEFLATE_BLOCK_BYTES])(
    'makes one stream of %d bytes that any inflater reads',
    async (sizeBytes) => {
      const content = lines.subarray(0, sizeBytes);

      const stream = await bytesOf(deflated(cut(content, 100_000)));

      expect(inflateRawSync(stream).equals(content)).toBe(true);
    },
  );

  it('gives the same bytes from memory and however the content is cut', async () => {
    const expected = await deflatedBuffer(lines);
    const property = fc.asyncProperty(fc.integer({ min: 5_000, max: 700_000 }), async (chunkBytes) => {
      expect((await bytesOf(deflated(cut(lines, chunkBytes)))).equals(expected)).toBe(true);
    });

    await fc.assert(property, { numRuns: 15 });
  });

  it('lets a block point back into the one before', async () => {
    const noise = Buffer.from(crypto.getRandomValues(new Uint8Array(16_384)));
    const content = Buffer.concat([Buffer.alloc(DEFLATE_BLOCK_BYTES - noise.length), noise, noise]);

    const stream = await deflatedBuffer(content);

    expect(stream.length).toBeLessThan(noise.length * 1.5);
  });

  it('passes on an error of its source', async () => {
    async function* broken(): AsyncGenerator<Buffer> {
      yield lines;
      throw new Error('disk gone');
    }

    await expect(bytesOf(deflated(broken()))).rejects.toThrow('disk gone');
  });

  it('keeps no memory beyond its bytes when they are few', async () => {
    const chunks = await collect(deflated(cut(Buffer.alloc(8 * DEFLATE_BLOCK_BYTES), 100_000)));

    expect(chunks).toHaveLength(8);
    expect(Math.max(...chunks.map(({ buffer }) => buffer.byteLength))).toBeLessThan(16_384);
  });
});
