import { availableParallelism } from 'node:os';
import { ThreadClient } from '../threads/thread-client.js';
import type { CipherRequest } from './cipher-thread.js';

// A thread needs the built file; the path is right from `src`, where tests run, and from `dist`.
const SCRIPT = new URL('../../dist/aes/cipher-thread.js', import.meta.url);
const MAX_THREADS = Math.min(availableParallelism(), 16);

// Few enough that a thread has its next message while the answers to this one are being used.
const MAX_MESSAGE_REQUESTS = 4;

// A thread keeps next to nothing.
const RESOURCES = { maxYoungGenerationSizeMb: 2, maxOldGenerationSizeMb: 64 };

/** A thread that encrypts; a request's memory comes back as the answer. */
export type CipherThread = ThreadClient<CipherRequest, ArrayBuffer>;

const threads: CipherThread[] = [];

/** The thread with the fewest open requests; starts another while all are busy and there are fewer than cores. */
export function idlestThread(): CipherThread {
  const idlest = threads.toSorted((one, other) => one.load - other.load)[0];
  if (idlest && (idlest.load === 0 || threads.length >= MAX_THREADS)) return idlest;
  const thread = startThread();
  threads.push(thread);
  return thread;
}

function startThread(): CipherThread {
  const thread: CipherThread = new ThreadClient({
    name: 'zip-cipher',
    script: SCRIPT,
    resourceLimits: RESOURCES,
    maxMessageRequests: MAX_MESSAGE_REQUESTS,
    onEnd: () => threads.splice(threads.indexOf(thread), 1),
  });
  return thread;
}
