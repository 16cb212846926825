import { AppError } from '@account-backups/contracts';
import type { Content } from '../object-store.js';

/**
 * Runs `work` as the owner of `content`: an error of the stream always has a listener, and the stream is destroyed when
 * the work is over, so that its producer does not wait for ever. Call this before awaiting anything.
 */
export async function owning<T>(content: Content, work: () => Promise<T>): Promise<T> {
  if (Buffer.isBuffer(content)) return work();
  content.on('error', ignore);
  try {
    return await work();
  } finally {
    content.destroy();
  }
}

// The error is not lost: the reader of the stream gets it too.
function ignore(): void {}

/**
 * Cuts content into blocks of `sizeOf(index)` bytes, the last one shorter; empty content has no block.
 * Throws `OBJECT_SOURCE_FAILED` with the stream's error as cause.
 */
export async function* blocksOf(content: Content, sizeOf: (index: number) => number): AsyncGenerator<Buffer, void> {
  let pending: Buffer[] = [];
  let pendingBytes = 0;
  let index = 0;
  for await (const chunk of chunksOf(content)) {
    let rest = chunk;
    while (pendingBytes + rest.length >= sizeOf(index)) {
      const head = rest.subarray(0, sizeOf(index) - pendingBytes);
      rest = rest.subarray(head.length);
      yield joined([...pending, head]);
      pending = [];
      pendingBytes = 0;
      index += 1;
    }
    if (rest.length > 0) pending.push(rest);
    pendingBytes += rest.length;
  }
  if (pendingBytes > 0) yield joined(pending);
}

/** Throws `OBJECT_CORRUPT` unless `sizeBytes` is what was promised, if anything was. */
export function assertSize(key: string, sizeBytes: number, promisedBytes: number | undefined): void {
  if (promisedBytes === undefined || promisedBytes === sizeBytes) return;
  throw new AppError('OBJECT_CORRUPT', `content for ${key} has ${sizeBytes} bytes, expected ${promisedBytes}`);
}

async function* chunksOf(content: Content): AsyncGenerator<Buffer, void> {
  if (Buffer.isBuffer(content)) {
    if (content.length > 0) yield content;
    return;
  }
  try {
    for await (const chunk of content) yield toBuffer(chunk);
  } catch (cause) {
    throw new AppError('OBJECT_SOURCE_FAILED', 'the content to store broke off', { cause });
  }
}

function toBuffer(chunk: unknown): Buffer {
  if (Buffer.isBuffer(chunk)) return chunk;
  if (chunk instanceof Uint8Array) return Buffer.from(chunk.buffer, chunk.byteOffset, chunk.byteLength);
  if (typeof chunk === 'string') return Buffer.from(chunk);
  throw new TypeError(`a content stream gave ${typeof chunk}, expected bytes`);
}

/** One buffer of all; a single one as it is. */
export function joined(buffers: readonly Buffer[]): Buffer {
  const [first] = buffers;
  return buffers.length === 1 && first ? first : Buffer.concat(buffers);
}
