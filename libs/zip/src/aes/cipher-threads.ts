import { availableParallelism } from 'node:os';
import { Worker } from 'node:worker_threads';
import type { CipherRequest } from './cipher-thread.js';

// The same from `src`, where tests run, and from `dist`: a thread needs the built file.
const THREAD = new URL('../../dist/aes/cipher-thread.js', import.meta.url);
const MOST_THREADS = Math.min(availableParallelism(), 16);

// So few that a thread has the next message at hand while the answers to this one are used.
const MOST_A_MESSAGE = 4;

// It keeps next to nothing.
const RESOURCES = { maxYoungGenerationSizeMb: 2, maxOldGenerationSizeMb: 64 };

interface Waiting {
  readonly resolve: (memory: ArrayBuffer) => void;
  readonly reject: (cause: Error) => void;
}

/** A thread that enciphers. It answers in the order in which it is asked, and keeps the process alive only meanwhile. */
export class CipherThread {
  readonly #worker = new Worker(THREAD, { name: 'zip-cipher', execArgv: [], resourceLimits: RESOURCES });
  readonly #waiting: Waiting[] = [];
  #requests: CipherRequest[] = [];
  #handedOver: ArrayBuffer[] = [];

  constructor() {
    this.#worker.unref();
    this.#worker.on('message', (answers: readonly ArrayBuffer[]) => {
      for (const memory of answers) this.#waiting.shift()?.resolve(memory);
      if (this.#waiting.length === 0) this.#worker.unref();
    });
    this.#worker.on('error', (cause) => this.#end(new Error('a thread that enciphers has failed', { cause })));
    this.#worker.on('exit', () => this.#end(new Error('a thread that enciphers has ended')));
  }

  /** Requests that have no answer yet. */
  get load(): number {
    return this.#waiting.length;
  }

  /** Asks for bytes; what is in `handedOver` belongs to the thread until it comes back as the answer. */
  ask(request: CipherRequest, handedOver: readonly ArrayBuffer[] = []): Promise<ArrayBuffer> {
    return new Promise((resolve, reject) => {
      if (this.#waiting.length === 0) this.#worker.ref();
      this.#waiting.push({ resolve, reject });
      this.#handedOver.push(...handedOver);
      this.tell(request);
    });
  }

  /** Says something that has no answer. */
  tell(request: CipherRequest): void {
    // What comes up in one turn goes in one message: for small files, messages cost as much as their encryption.
    if (this.#requests.push(request) === MOST_A_MESSAGE) this.#send();
    else if (this.#requests.length === 1) setImmediate(() => this.#send());
  }

  #send(): void {
    if (this.#requests.length === 0) return;
    this.#worker.postMessage(this.#requests, this.#handedOver);
    this.#requests = [];
    this.#handedOver = [];
  }

  #end(cause: Error): void {
    const index = threads.indexOf(this);
    if (index >= 0) threads.splice(index, 1);
    for (const { reject } of this.#waiting.splice(0)) reject(cause);
  }
}

const threads: CipherThread[] = [];

/** The thread with the least to do; a new one while all are busy and there are fewer than cores. */
export function idlestThread(): CipherThread {
  const idlest = threads.toSorted((one, other) => one.load - other.load)[0];
  if (idlest && (idlest.load === 0 || threads.length >= MOST_THREADS)) return idlest;
  const thread = new CipherThread();
  threads.push(thread);
  return thread;
}
