import { Readable, type Transform } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { createInflateRaw } from 'node:zlib';
import { fixedBlocks } from '../streams/fixed-blocks.js';
import { joinedChunks } from '../streams/joined-chunks.js';
import { mapInOrder } from '../streams/map-in-order.js';
import { DEFLATE_BLOCK_BYTES, deflateBlock, type Block } from './deflate-block.js';

// The thread pool has four threads by default.
const BLOCKS_AT_ONCE = 4;

/** Raw deflate of a content in memory: the bytes that `deflated` yields. */
export async function deflatedBuffer(content: Uint8Array): Promise<Buffer> {
  async function* whole(): AsyncGenerator<Uint8Array> {
    yield content;
  }
  return joinedChunks(deflated(whole()));
}

/**
 * Raw deflate (APPNOTE 4.4.5, method 8; RFC 1951) of a stream with flat memory, on all threads of the pool: blocks are
 * deflated side by side, each with the 32 KiB before it as dictionary, and together are one stream. The same content
 * gives the same bytes however it is cut into chunks.
 */
export function deflated(content: AsyncIterable<Uint8Array>): AsyncGenerator<Buffer> {
  return mapInOrder(blocksOf(content), deflateBlock, {
    concurrency: BLOCKS_AT_ONCE,
    budget: Infinity,
    costOf: () => 0,
  });
}

/** The reverse of `deflated`. */
export function inflated(content: AsyncIterable<Uint8Array>): AsyncGenerator<Buffer> {
  return through(content, createInflateRaw());
}

// Holds one block back, because the last one must be known as the last. No content is one empty last block.
async function* blocksOf(content: AsyncIterable<Uint8Array>): AsyncGenerator<Block> {
  let before: Buffer | undefined;
  let held: Buffer | undefined;
  for await (const bytes of fixedBlocks(content, DEFLATE_BLOCK_BYTES)) {
    if (held) {
      yield { bytes: held, before, isLast: false };
      before = held;
    }
    held = bytes;
  }
  yield { bytes: held ?? Buffer.alloc(0), before, isLast: true };
}

async function* through(content: AsyncIterable<Uint8Array>, transform: Transform): AsyncGenerator<Buffer> {
  const joined = pipeline(Readable.from(content, { objectMode: false }), transform);
  // An error on either side destroys the transform, so the loop below throws it too.
  joined.catch(() => undefined);
  for await (const chunk of transform) yield chunk;
  await joined;
}
