import type { IncomingMessage } from 'node:http';
import type { FastifyInstance } from 'fastify';

const LOOK_EVERY_MS = 15_000;
/** A sender that brings less than this between two looks, and is not waited for by us, is slow: 256 bytes a second. */
const LEAST_BYTES = 3_840;
/** So many slow looks in a row end a request: after 60 to 75 seconds. */
const MAX_SLOW_LOOKS = 4;

interface Sender {
  received: number;
  slowLooks: number;
}

/** Ends requests whose bodies hardly come, so that nobody holds our sockets by sending a byte now and then. */
export function endSlowSenders(fastify: FastifyInstance): void {
  const senders = new Map<IncomingMessage, Sender>();
  fastify.addHook('onRequest', async ({ raw }) => {
    if (raw.complete || raw.readableEnded) return;
    senders.set(raw, { received: raw.socket.bytesRead, slowLooks: 0 });
    raw.once('close', () => senders.delete(raw));
  });
  const timer = setInterval(() => {
    for (const [request, sender] of senders) if (isTooSlow(request, sender)) request.destroy(tooSlow());
  }, LOOK_EVERY_MS);
  timer.unref();
  fastify.addHook('onClose', async () => clearInterval(timer));
}

function tooSlow(): Error {
  return new Error('the body hardly came');
}

function isTooSlow(request: IncomingMessage, sender: Sender): boolean {
  if (request.complete) return false;
  const { bytesRead } = request.socket;
  // What came and lies here is not the sender's delay.
  const isSlow = bytesRead - sender.received < LEAST_BYTES && request.readableLength === 0;
  sender.received = bytesRead;
  sender.slowLooks = isSlow ? sender.slowLooks + 1 : 0;
  return sender.slowLooks >= MAX_SLOW_LOOKS;
}
