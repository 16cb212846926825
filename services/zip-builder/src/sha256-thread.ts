import { createHash } from 'node:crypto';
import { Worker } from 'node:worker_threads';
import type { HashAnswer, HashRequest, StreamRequest } from './sha256-worker.js';

// The same from `src`, where tests run, and from `dist`: a thread needs the built file.
const WORKER = new URL('../dist/sha256-worker.js', import.meta.url);
const RESOURCES = { maxYoungGenerationSizeMb: 2, maxOldGenerationSizeMb: 32 };

/** What goes to the thread in one go. */
export const SHA256_FRAME_BYTES = 256 * 1024;
/** Frames that wait for the thread; who has more to hash waits too. */
const MOST_UNDER_WAY = 8;

interface Waiting {
  readonly resolve: (answer: HashAnswer) => void;
  readonly reject: (cause: Error) => void;
}

/** The thread. It answers in the order in which it is asked, and keeps the process alive only meanwhile. */
class HashThread {
  private readonly worker = new Worker(WORKER, { name: 'sha256', execArgv: [], resourceLimits: RESOURCES });
  private readonly waiting: Waiting[] = [];
  private readonly spare: ArrayBuffer[] = [];
  private lastAnswer: Promise<unknown> = Promise.resolve();
  private failure: Error | undefined;

  constructor() {
    this.worker.unref();
    this.worker.on('message', (answer: HashAnswer) => {
      if (answer.memory?.byteLength && this.spare.length < MOST_UNDER_WAY) this.spare.push(answer.memory);
      this.waiting.shift()?.resolve(answer);
      if (this.waiting.length === 0) this.worker.unref();
    });
    this.worker.on('error', (cause) => this.end(new Error('the thread that hashes has failed', { cause })));
    this.worker.on('exit', () => this.end(new Error('the thread that hashes has ended')));
  }

  /** Memory to fill, once fewer than the most are under way. */
  async frame(): Promise<Buffer> {
    while (this.waiting.length >= MOST_UNDER_WAY) await this.lastAnswer.catch(() => undefined);
    const spare = this.spare.pop();
    return spare ? Buffer.from(spare) : newFrame();
  }

  ask(request: HashRequest): Promise<HashAnswer> {
    const { failure } = this;
    if (failure) return Promise.reject(failure);
    const answer = new Promise<HashAnswer>((resolve, reject) => this.waiting.push({ resolve, reject }));
    this.worker.ref();
    this.worker.postMessage(request, request.kind === 'shared' ? [] : [request.memory]);
    this.lastAnswer = answer;
    return answer;
  }

  private end(failure: Error): void {
    this.failure = failure;
    if (thread === this) thread = undefined;
    for (const { reject } of this.waiting.splice(0)) reject(failure);
  }
}

let thread: HashThread | undefined;
let lastStream = 0;

/** SHA-256 of memory that threads share, in hexadecimal; nothing is copied. Nobody may change it meanwhile. */
export async function sharedSha256(bytes: Uint8Array<SharedArrayBuffer>): Promise<string> {
  thread ??= new HashThread();
  return digestOf(await thread.ask({ kind: 'shared', bytes }));
}

function digestOf({ digest }: HashAnswer): string {
  if (digest !== undefined) return digest;
  throw new Error('the thread that hashes has answered out of order');
}

/**
 * SHA-256 of a stream, made on a thread beside the one that receives it; of less than `SHA256_FRAME_BYTES` at once.
 * Memory: 2 MiB for all streams together, and a frame for each. One that is not digested must be `abandon`ed.
 */
export class ThreadedSha256 {
  private readonly stream = (lastStream += 1);
  private thread: HashThread | undefined;
  private frame: Buffer | undefined;
  private filledBytes = 0;

  /** Takes the bytes, which may be used again once it resolves. One call at a time. */
  async update(bytes: Buffer): Promise<void> {
    for (let at = 0; at < bytes.length;) {
      this.frame ??= this.thread ? await this.thread.frame() : newFrame();
      const copied = bytes.copy(this.frame, this.filledBytes, at);
      at += copied;
      this.filledBytes += copied;
      if (this.filledBytes < SHA256_FRAME_BYTES) continue;
      this.thread ??= thread ??= new HashThread();
      // Whether it succeeds, the digest will tell.
      this.send(this.thread, 'more').catch(() => undefined);
    }
  }

  /** Hexadecimal. Once. Throws when the thread has failed. */
  async digest(): Promise<string> {
    if (!this.thread) return createHash('sha256').update(this.content).digest('hex');
    return digestOf(await this.send(this.thread, 'last'));
  }

  /** Harmless after a digest. */
  abandon(): void {
    if (this.thread) this.send(this.thread, 'lost').catch(() => undefined);
  }

  private get content(): Buffer {
    return (this.frame ?? Buffer.alloc(0)).subarray(0, this.filledBytes);
  }

  private send(to: HashThread, kind: StreamRequest['kind']): Promise<HashAnswer> {
    const memory = this.frame?.buffer as ArrayBuffer | undefined;
    const request = { stream: this.stream, memory: memory ?? new ArrayBuffer(0), length: this.filledBytes, kind };
    this.frame = undefined;
    this.filledBytes = 0;
    return to.ask(request);
  }
}

function newFrame(): Buffer {
  return Buffer.allocUnsafeSlow(SHA256_FRAME_BYTES);
}
