// What the thread of `sha256-thread.ts` runs.
import { createHash, type Hash } from 'node:crypto';
import { parentPort } from 'node:worker_threads';

/** The next bytes of a stream: more of it, its last, which are answered with the digest, or lost: an end without. */
export interface HashRequest {
  readonly stream: number;
  readonly memory: ArrayBuffer;
  readonly length: number;
  readonly kind: 'more' | 'last' | 'lost';
}

/** The memory comes back; `digest` is hexadecimal. */
export interface HashAnswer {
  readonly memory: ArrayBuffer;
  readonly digest: string | undefined;
}

const hashes = new Map<number, Hash>();

parentPort?.on('message', ({ stream, memory, length, kind }: HashRequest) => {
  const hash = hashes.get(stream) ?? createHash('sha256');
  hash.update(new Uint8Array(memory, 0, length));
  if (kind === 'more') hashes.set(stream, hash);
  else hashes.delete(stream);
  const answer: HashAnswer = { memory, digest: kind === 'last' ? hash.digest('hex') : undefined };
  parentPort?.postMessage(answer, [memory]);
});
