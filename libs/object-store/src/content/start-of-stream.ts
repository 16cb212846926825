import type { Readable } from 'node:stream';
import { joined } from './content-blocks.js';

/**
 * The first bytes of a stream, at most `maxBytes`, in one buffer; the rest is not read. Throws the stream's own error,
 * or the signal's reason when that fires. Cheaper than iterating the stream where contents are small.
 */
export function startOfStream(source: Readable, maxBytes: number, signal?: AbortSignal): Promise<Buffer> {
  const chunks: Buffer[] = [];
  let receivedBytes = 0;
  const abort = (): void => void source.destroy(signal?.reason as Error);
  const received = new Promise<Buffer>((resolve, reject) => {
    const end = (): void => resolve(joined(chunks).subarray(0, maxBytes));
    source.on('data', (chunk: Buffer) => {
      chunks.push(chunk);
      receivedBytes += chunk.length;
      if (receivedBytes < maxBytes) return;
      end();
      // A stream of exactly `maxBytes` is left to end, so that its connection can be used again.
      if (receivedBytes > maxBytes) source.destroy();
    });
    source.once('end', end);
    source.once('error', reject);
    source.once('close', () => reject(new Error(`broke off after ${receivedBytes} bytes`)));
  });
  signal?.addEventListener('abort', abort, { once: true });
  if (signal?.aborted) abort();
  return received.finally(() => signal?.removeEventListener('abort', abort));
}
