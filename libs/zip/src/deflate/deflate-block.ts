import { promisify } from 'node:util';
import { constants, deflateRaw, type ZlibOptions } from 'node:zlib';
import { KIB } from '../format/sizes.js';

/** Content that is deflated at once. Changing it, the window or the level changes the bytes of archives. */
export const DEFLATE_BLOCK_BYTES = 256 * KIB;
const WINDOW_BYTES = 32 * KIB;
const LEVEL = 4;

const deflate = promisify<Uint8Array, ZlibOptions, Buffer>(deflateRaw);

/** A block of content, and what its place in the stream says. */
export interface Block {
  readonly bytes: Buffer;
  /** The block before it in the stream: matches may point back to its last 32 KiB. */
  readonly before: Buffer | undefined;
  /** True for the block that finishes the stream; any other ends with an empty stored block, on a byte boundary. */
  readonly isLast: boolean;
}

/** Raw deflate (APPNOTE 4.4.5, method 8; RFC 1951) of one block: blocks in order, with the last one, are one stream. */
export async function deflateBlock({ bytes, before, isLast }: Block): Promise<Buffer> {
  const block = await deflate(bytes, {
    level: LEVEL,
    chunkSize: 64 * KIB,
    finishFlush: isLast ? constants.Z_FINISH : constants.Z_SYNC_FLUSH,
    ...(before && { dictionary: before.subarray(-WINDOW_BYTES) }),
  });
  // A result of a few bytes would keep alive all of the memory that zlib had for it.
  return block.length < block.buffer.byteLength / 2 ? Buffer.from(block) : block;
}
