// What the thread of `threaded-sha256.ts` runs.
import { createHash, type Hash } from 'node:crypto';
import { answerRequests } from '@account-backups/zip/threads';
import type { SharedBytes } from './shared-bytes.js';

/**
 * The next bytes of a stream, in memory that nobody changes meanwhile. `last` is answered with the digest in
 * hexadecimal, `more` with undefined; `lost` abandons the stream.
 */
export interface HashRequest {
  readonly stream: number;
  readonly bytes: SharedBytes;
  readonly kind: 'more' | 'last' | 'lost';
}

export type HashAnswer = string | undefined;

const hashes = new Map<number, Hash>();

answerRequests(({ stream, bytes, kind }: HashRequest): HashAnswer => {
  const hash = hashes.get(stream) ?? createHash('sha256');
  hash.update(bytes);
  if (kind === 'more') hashes.set(stream, hash);
  else hashes.delete(stream);
  return kind === 'last' ? hash.digest('hex') : undefined;
});
