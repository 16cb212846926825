import { MessageChannel } from 'node:worker_threads';

const closedPort = closed();

/**
 * Frees the memory of bytes that are of no use any more; whoever still holds any of it sees it empty. V8 by itself counts what
 * lies outside of its heap, lets 32 MiB and more of it gather and then looks through all of the heap. What is handed to a port
 * that is closed is given up on the spot, and the next piece is made where this one was, in the core's cache. Memory that small
 * Buffers share, or threads, is left as it is.
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
