import { Readable } from 'node:stream';
import fc from 'fast-check';
import type { Content } from '../object-store.js';
import { assertSize, blocksOf, owning } from './content-blocks.js';

async function cut(content: Content, sizeOf: (index: number) => number): Promise<Buffer[]> {
  const blocks: Buffer[] = [];
  for await (const block of blocksOf(content, sizeOf)) blocks.push(block);
  return blocks;
}

describe('blocksOf', () => {
  it('cuts any chunks into blocks of the sizes asked for, and loses no byte', async () => {
    const chunks = fc.array(fc.uint8Array({ maxLength: 40 }), { maxLength: 20 });
    await fc.assert(
      fc.asyncProperty(chunks, fc.integer({ min: 1, max: 16 }), async (pieces, first) => {
        const whole = Buffer.concat(pieces);
        const sizeOf = (index: number) => first + index;
        const blocks = await cut(Readable.from(pieces), sizeOf);
        expect(Buffer.concat(blocks)).toEqual(whole);
        expect(blocks.slice(0, -1).map(({ length }) => length)).toEqual(
          blocks.slice(0, -1).map((_block, index) => sizeOf(index)),
        );
        expect(blocks.every(({ length }, index) => length > 0 && length <= sizeOf(index))).toBe(true);
      }),
    );
  });

  it('gives no block for empty content, and one for exactly one', async () => {
    expect(await cut(Buffer.alloc(0), () => 4)).toEqual([]);
    expect(await cut(Readable.from([]), () => 4)).toEqual([]);
    expect(await cut(Buffer.from('four'), () => 4)).toEqual([Buffer.from('four')]);
  });

  it('takes text as UTF-8', async () => {
    expect(await cut(Readable.from(['ä']), () => 4)).toEqual([Buffer.from('ä')]);
  });

  it('names a source that breaks off, with its error as cause', async () => {
    const cause = new Error('gone');
    const breaking = new Readable({ read: () => undefined });
    breaking.destroy(cause);
    await expect(cut(breaking, () => 4)).rejects.toMatchObject({ code: 'OBJECT_SOURCE_FAILED', cause });
  });

  it('names a source that gives something else than bytes', async () => {
    await expect(cut(Readable.from([7]), () => 4)).rejects.toMatchObject({ code: 'OBJECT_SOURCE_FAILED' });
  });
});

describe('owning', () => {
  it('destroys the stream when the work is over, also when it fails', async () => {
    const stream = new Readable({ read: () => undefined });
    const work = owning(stream, () => Promise.reject(new Error('no')));
    await expect(work).rejects.toThrow('no');
    expect(stream.destroyed).toBe(true);
  });
});

describe('assertSize', () => {
  it('refuses content of another size than promised', () => {
    expect(() => assertSize('k', 3, 4)).toThrow(expect.objectContaining({ code: 'OBJECT_CORRUPT' }));
    expect(() => assertSize('k', 3, 3)).not.toThrow();
    expect(() => assertSize('k', 3, undefined)).not.toThrow();
  });
});
