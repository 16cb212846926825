import type { Readable } from 'node:stream';
import { joined } from './content-blocks.js';

/**
 * The first bytes of a stream, at most `mostBytes`, in one buffer; what follows is not read. Throws the stream's own error, and
 * the signal's reason when that fires. For small contents it costs less than iterating the stream does.
 */
export function startOfStream(source: Readable, mostBytes: number, signal?: AbortSignal): Promise<Buffer> {
  const chunks: Buffer[] = [];
  let receivedBytes = 0;
  const abort = (): void => void source.destroy(signal?.reason as Error);
  const received = new Promise<Buffer>((resolve, reject) => {
    const end = (): void => resolve(joined(chunks).subarray(0, mostBytes));
    source.on('data', (chunk: Buffer) => {
      chunks.push(chunk);
      receivedBytes += chunk.length;
      if (receivedBytes < mostBytes) return;
      end();
      // All of an object that has just so many bytes: its end is let come, so that the connection can be used again.
      if (receivedBytes > mostBytes) source.destroy();
    });
    source.once('end', end);
    source.once('error', reject);
    source.once('close', () => reject(new Error(`broke off after ${receivedBytes} bytes`)));
  });
  signal?.addEventListener('abort', abort, { once: true });
  if (signal?.aborted) abort();
  return received.finally(() => signal?.removeEventListener('abort', abort));
}
