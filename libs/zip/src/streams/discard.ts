import { MessageChannel } from 'node:worker_threads';

const closedPort = closed();

/**
 * Frees the memory of bytes that nobody needs any more; any view that still refers to it becomes empty. Left to itself,
 * V8 lets 32 MiB and more pile up outside its heap and then scans all of the heap. Memory transferred to a closed port
 * is freed at once, and the next piece is made in the same place, still in the core's cache. Memory that small Buffers
 * or threads share is left alone.
 */
export function discard({ buffer }: Uint8Array): void {
  if (!(buffer instanceof ArrayBuffer) || buffer.byteLength === Buffer.poolSize) return;
  closedPort.postMessage(undefined, [buffer]);
}

function closed(): MessageChannel['port1'] {
  const { port1, port2 } = new MessageChannel();
  port1.close();
  port2.close();
  return port1;
}
