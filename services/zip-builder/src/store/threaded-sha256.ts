import { createHash } from 'node:crypto';
import { Worker } from 'node:worker_threads';
import type { HashAnswer, HashRequest } from './sha256-worker.js';
import { copyShared, type SharedBytes } from './shared-bytes.js';

// The same from `src`, where tests run, and from `dist`: a thread needs the built file.
const WORKER = new URL('../dist/sha256-worker.js', import.meta.url);
const RESOURCES = { maxYoungGenerationSizeMb: 2, maxOldGenerationSizeMb: 32 };

/** What goes to the thread in one go. */
export const SHA256_FRAME_BYTES = 512 * 1024;
/** Requests that wait for the thread; who wants another frame waits too. */
const MOST_UNDER_WAY = 6;

class Waiting {
  resolve!: (answer: HashAnswer) => void;
  reject!: (cause: Error) => void;
  readonly answer = new Promise<HashAnswer>((resolve, reject) => Object.assign(this, { resolve, reject }));
}

/** The thread. It answers in the order in which it is asked, and keeps the process alive only meanwhile. */
class HashThread {
  private readonly worker = new Worker(WORKER, { name: 'sha256', execArgv: [], resourceLimits: RESOURCES });
  private readonly waiting: Waiting[] = [];
  private readonly spare: SharedBytes[] = [];
  private failure: Error | undefined;

  constructor() {
    this.worker.unref();
    this.worker.on('message', (answer: HashAnswer) => {
      this.waiting.shift()?.resolve(answer);
      if (this.waiting.length === 0) this.worker.unref();
    });
    this.worker.on('error', (cause) => this.end(new Error('the thread that hashes has failed', { cause })));
    this.worker.on('exit', () => this.end(new Error('the thread that hashes has ended')));
  }

  /** Memory to fill, once fewer than the most are under way. */
  async frame(): Promise<SharedBytes> {
    while (this.waiting.length >= MOST_UNDER_WAY) await this.waiting[0]?.answer.catch(() => undefined);
    return this.spare.pop() ?? newFrame();
  }

  giveBack(frame: SharedBytes): void {
    if (this.spare.length < MOST_UNDER_WAY) this.spare.push(frame);
  }

  ask(request: HashRequest): Promise<HashAnswer> {
    const { failure } = this;
    if (failure) return Promise.reject(failure);
    const waiting = new Waiting();
    this.waiting.push(waiting);
    this.worker.ref();
    this.worker.postMessage(request);
    return waiting.answer;
  }

  private end(failure: Error): void {
    this.failure = failure;
    if (thread === this) thread = undefined;
    for (const { reject } of this.waiting.splice(0)) reject(failure);
  }
}

let thread: HashThread | undefined;
let lastStream = 0;
const nothing: SharedBytes = new Uint8Array(new SharedArrayBuffer(0));

/** SHA-256 of memory that threads share, in hexadecimal; nothing is copied. Nobody may change it meanwhile. */
export async function sharedSha256(bytes: SharedBytes): Promise<string> {
  thread ??= new HashThread();
  return digestOf(await thread.ask({ stream: (lastStream += 1), bytes, kind: 'last' }));
}

function digestOf(answer: HashAnswer): string {
  if (answer !== undefined) return answer;
  throw new Error('the thread that hashes has answered out of order');
}

/** A frame to fill and to pass to a `ThreadedSha256`. Waits while many are under way. */
export async function sha256Frame(): Promise<SharedBytes> {
  return thread ? thread.frame() : newFrame();
}

function newFrame(): SharedBytes {
  return new Uint8Array(new SharedArrayBuffer(SHA256_FRAME_BYTES));
}

/**
 * SHA-256 of a stream, made on a thread beside the one that receives it; of less than `SHA256_FRAME_BYTES` at once.
 * Memory: 3 MiB for all streams together, and a frame for each. One that is not digested must be `abandon`ed.
 */
export class ThreadedSha256 {
  private readonly stream = (lastStream += 1);
  private thread: HashThread | undefined;
  private frame: SharedBytes | undefined;
  private filledBytes = 0;

  /** Takes the bytes, which may be used again once it resolves. One call at a time. */
  async update(bytes: Uint8Array): Promise<void> {
    for (let at = 0; at < bytes.length;) {
      this.frame ??= await sha256Frame();
      const copied = copyShared(bytes.subarray(at), this.frame, this.filledBytes);
      at += copied;
      this.filledBytes += copied;
      if (this.filledBytes === SHA256_FRAME_BYTES) this.sendFrame();
    }
  }

  /** The next frame, full unless it is the last. It is filled again once all is hashed that was asked for before. */
  pass(frame: SharedBytes, filledBytes: number): void {
    this.frame = frame;
    this.filledBytes = filledBytes;
    if (filledBytes === SHA256_FRAME_BYTES) this.sendFrame();
  }

  /** Hexadecimal. Once. Throws when the thread has failed. */
  async digest(): Promise<string> {
    if (!this.thread) return createHash('sha256').update(this.content).digest('hex');
    return digestOf(await this.send('last', this.content));
  }

  /** Harmless after a digest. */
  abandon(): void {
    if (this.thread) this.send('lost', nothing).catch(() => undefined);
  }

  private get content(): SharedBytes {
    return (this.frame ?? nothing).subarray(0, this.filledBytes);
  }

  private sendFrame(): void {
    const { frame, content } = this;
    this.frame = undefined;
    this.filledBytes = 0;
    this.send('more', content).then(
      () => frame && this.thread?.giveBack(frame),
      () => undefined,
    );
  }

  private send(kind: HashRequest['kind'], bytes: SharedBytes): Promise<HashAnswer> {
    this.thread ??= thread ??= new HashThread();
    return this.thread.ask({ stream: this.stream, bytes, kind });
  }
}
