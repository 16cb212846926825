import { Readable, type Transform } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { promisify } from 'node:util';
import { createDeflateRaw, createInflateRaw, deflateRaw } from 'node:zlib';
import { fixedBlocks } from './fixed-blocks.js';

// The same calls in the same order give the same bytes, so the second pass repeats the first one's size.
const INPUT_BLOCK_BYTES = 64 * 1024;

/** Raw deflate (APPNOTE 4.4.5, method 8; RFC 1951) of a content in memory, off the main thread. */
export const deflatedBuffer: (content: Uint8Array) => Promise<Buffer> = promisify(deflateRaw);

/** Raw deflate of a stream with flat memory. The same content gives the same bytes however it is cut into chunks. */
export function deflated(content: AsyncIterable<Uint8Array>): AsyncGenerator<Buffer> {
  return through(fixedBlocks(content, INPUT_BLOCK_BYTES), createDeflateRaw());
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

async function* through(content: AsyncIterable<Uint8Array>, transform: Transform): AsyncGenerator<Buffer> {
  const joined = pipeline(Readable.from(content, { objectMode: false }), transform);
  // An error of either side destroys the transform, so the loop below throws it too.
  joined.catch(() => undefined);
  for await (const chunk of transform) yield chunk;
  await joined;
}
