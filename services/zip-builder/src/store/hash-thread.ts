// What the thread of `sha256-thread.ts` runs.
import { createHash, type Hash } from 'node:crypto';
import { parentPort } from 'node:worker_threads';
import type { SharedBytes } from './shared-bytes.js';

/**
 * The next bytes of a stream, in memory that nobody changes meanwhile: more of it, its last, which are answered with the digest
 * in hexadecimal, or lost: an end without. Any other is answered with nothing.
 */
export interface HashRequest {
  readonly stream: number;
  readonly bytes: SharedBytes;
  readonly kind: 'more' | 'last' | 'lost';
}

export type HashAnswer = string | undefined;

const hashes = new Map<number, Hash>();

parentPort?.on('message', ({ stream, bytes, kind }: HashRequest) => {
  const hash = hashes.get(stream) ?? createHash('sha256');
  hash.update(bytes);
  if (kind === 'more') hashes.set(stream, hash);
  else hashes.delete(stream);
  parentPort?.postMessage((kind === 'last' ? hash.digest('hex') : undefined) satisfies HashAnswer);
});
