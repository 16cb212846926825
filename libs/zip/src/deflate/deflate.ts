import { Readable, type Transform } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { promisify } from 'node:util';
import { constants, createInflateRaw, deflateRaw, type ZlibOptions } from 'node:zlib';
import { fixedBlocks } from './fixed-blocks.js';
import { mapInOrder } from './map-in-order.js';

/** Content that is deflated at once. Whoever changes it changes the bytes of every larger file. */
export const DEFLATE_BLOCK_BYTES = 256 * 1024;
const WINDOW_BYTES = 32 * 1024;
// As many as the thread pool has threads unless told otherwise.
const BLOCKS_AT_ONCE = 4;
const LEVEL = 4;

const deflateBlock = promisify<Uint8Array, ZlibOptions, Buffer>(deflateRaw);

interface Block {
  readonly bytes: Buffer;
  /** The end of the block before: what matches may point back to. */
  readonly before: Buffer | undefined;
  readonly isLast: boolean;
}

/** Raw deflate of a content in memory: the same bytes as `deflated` gives. */
export async function deflatedBuffer(content: Uint8Array): Promise<Buffer> {
  async function* whole(): AsyncGenerator<Uint8Array> {
    yield content;
  }
  return joinedChunks(deflated(whole()));
}

/**
 * Raw deflate (APPNOTE 4.4.5, method 8; RFC 1951) of a stream with flat memory, on all threads of the pool: blocks are
 * deflated apart, each with the 32 KiB before it as dictionary, and end on a byte (an empty stored block, as of
 * `Z_SYNC_FLUSH`); together they are one stream. The same content gives the same bytes however it is cut into chunks.
 */
export function deflated(content: AsyncIterable<Uint8Array>): AsyncGenerator<Buffer> {
  return mapInOrder(blocksOf(content), compress, { concurrency: BLOCKS_AT_ONCE, budget: Infinity, costOf: () => 0 });
}

/** The reverse of `deflated`. */
export function inflated(content: AsyncIterable<Uint8Array>): AsyncGenerator<Buffer> {
  return through(content, createInflateRaw());
}

/** How many bytes a stream has; reads it to its end. */
export async function countBytes(chunks: AsyncIterable<Uint8Array>): Promise<number> {
  let sizeBytes = 0;
  for await (const chunk of chunks) sizeBytes += chunk.length;
  return sizeBytes;
}

/** All of a stream in one buffer; a single chunk as it is. */
export async function joinedChunks(chunks: AsyncIterable<Buffer>): Promise<Buffer> {
  const all: Buffer[] = [];
  for await (const chunk of chunks) all.push(chunk);
  return all.length === 1 && all[0] ? all[0] : Buffer.concat(all);
}

async function compress({ bytes, before, isLast }: Block): Promise<Buffer> {
  const block = await deflateBlock(bytes, {
    level: LEVEL,
    chunkSize: 64 * 1024,
    finishFlush: isLast ? constants.Z_FINISH : constants.Z_SYNC_FLUSH,
    ...(before && { dictionary: before }),
  });
  // What shrinks to a few bytes would hold all of the memory that zlib had for it.
  return block.length < block.buffer.byteLength / 2 ? Buffer.from(block) : block;
}

// One block is held back, for only the last one finishes the stream. No content is one empty last block.
async function* blocksOf(content: AsyncIterable<Uint8Array>): AsyncGenerator<Block> {
  let before: Buffer | undefined;
  let held: Buffer | undefined;
  for await (const bytes of fixedBlocks(content, DEFLATE_BLOCK_BYTES)) {
    if (held) {
      yield { bytes: held, before, isLast: false };
      before = held.subarray(-WINDOW_BYTES);
    }
    held = bytes;
  }
  yield { bytes: held ?? Buffer.alloc(0), before, isLast: true };
}

async function* through(content: AsyncIterable<Uint8Array>, transform: Transform): AsyncGenerator<Buffer> {
  const joined = pipeline(Readable.from(content, { objectMode: false }), transform);
  // An error of either side destroys the transform, so the loop below throws it too.
  joined.catch(() => undefined);
  for await (const chunk of transform) yield chunk;
  await joined;
}
