import type { Readable } from 'node:stream';

/** Waits for a stream until the signal fires, then throws its reason; a stream that opens too late is destroyed. */
export async function untilAborted<T extends Readable>(
  signal: AbortSignal | undefined,
  opening: () => Promise<T>,
): Promise<T> {
  if (!signal) return opening();
  signal.throwIfAborted();
  let abort = (): void => undefined;
  const aborted = new Promise<never>((_resolve, reject) => {
    abort = () => reject(signal.reason as Error);
  });
  signal.addEventListener('abort', abort, { once: true });
  const opened = opening().then((stream) => {
    if (signal.aborted) stream.on('error', () => undefined).destroy();
    return stream;
  });
  try {
    return await Promise.race([opened, aborted]);
  } finally {
    signal.removeEventListener('abort', abort);
  }
}
