// What the thread of `sha256-thread.ts` runs.
import { createHash, type Hash } from 'node:crypto';
import { parentPort } from 'node:worker_threads';

/** The next bytes of a stream: more of it, its last, which are answered with the digest, or lost: an end without. */
export interface StreamRequest {
  readonly stream: number;
  readonly memory: ArrayBuffer;
  readonly length: number;
  readonly kind: 'more' | 'last' | 'lost';
}

/** Bytes that both threads see, and that nobody changes meanwhile. */
export interface SharedRequest {
  readonly kind: 'shared';
  readonly bytes: Uint8Array<SharedArrayBuffer>;
}

export type HashRequest = StreamRequest | SharedRequest;

/** The memory of a stream comes back; `digest` is hexadecimal. */
export interface HashAnswer {
  readonly memory: ArrayBuffer | undefined;
  readonly digest: string | undefined;
}

const hashes = new Map<number, Hash>();

parentPort?.on('message', (request: HashRequest) => {
  if (request.kind === 'shared') {
    const digest = createHash('sha256').update(request.bytes).digest('hex');
    return parentPort?.postMessage({ memory: undefined, digest } satisfies HashAnswer);
  }
  parentPort?.postMessage(answerTo(request), [request.memory]);
});

function answerTo({ stream, memory, length, kind }: StreamRequest): HashAnswer {
  const hash = hashes.get(stream) ?? createHash('sha256');
  hash.update(new Uint8Array(memory, 0, length));
  if (kind === 'more') hashes.set(stream, hash);
  else hashes.delete(stream);
  return { memory, digest: kind === 'last' ? hash.digest('hex') : undefined };
}
