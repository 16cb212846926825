import fc from 'fast-check';
import { fixedBlocks } from './fixed-blocks.js';
import { collect } from '../testing/archives.js';

describe('fixed blocks', () => {
  it('keeps the bytes and makes all blocks but the last equally long', async () => {
    const chunks = fc.array(fc.uint8Array({ maxLength: 40 }));

    await fc.assert(
      fc.asyncProperty(chunks, fc.integer({ min: 1, max: 16 }), async (given, blockBytes) => {
        const blocks = await collect(fixedBlocks(streamOf(given), blockBytes));

        expect(Buffer.concat(blocks)).toEqual(Buffer.concat(given));
        expect(blocks.slice(0, -1).every(({ length }) => length === blockBytes)).toBe(true);
        expect(blocks.every(({ length }) => length > 0 && length <= blockBytes)).toBe(true);
      }),
    );
  });
});

async function* streamOf(chunks: readonly Uint8Array[]): AsyncGenerator<Uint8Array> {
  yield* chunks;
}
