import { createHash } from 'node:crypto';
import { ThreadClient } from '@account-backups/zip/threads';
import type { HashAnswer, HashRequest } from './hash-thread.js';
import { copyShared, type SharedBytes } from './shared-bytes.js';

// The same from `src`, where tests run, and from `dist`: a thread needs the built file.
const SCRIPT = new URL('../../dist/store/hash-thread.js', import.meta.url);
const RESOURCES = { maxYoungGenerationSizeMb: 2, maxOldGenerationSizeMb: 32 };

/** What goes to the thread in one go. */
export const SHA256_FRAME_BYTES = 512 * 1024;
/** Requests that the thread has not answered; beyond this, asking for a frame waits. */
const MAX_UNDER_WAY = 6;

/** The thread, and the frames that travel to it and back. */
class HashThread {
  private readonly client = new ThreadClient<HashRequest, HashAnswer>({
    name: 'sha256',
    script: SCRIPT,
    resourceLimits: RESOURCES,
    maxMessageRequests: 1,
    onEnd: () => {
      if (thread === this) thread = undefined;
    },
  });
  private readonly underWay = new Set<Promise<unknown>>();
  private readonly spare: SharedBytes[] = [];

  /** A frame to fill, once fewer than `MAX_UNDER_WAY` requests are unanswered. */
  async frame(): Promise<SharedBytes> {
    while (this.underWay.size >= MAX_UNDER_WAY) await Promise.race(this.underWay);
    return this.spare.pop() ?? newFrame();
  }

  giveBack(frame: SharedBytes): void {
    if (this.spare.length < MAX_UNDER_WAY) this.spare.push(frame);
  }

  ask(request: HashRequest): Promise<HashAnswer> {
    const answer = this.client.ask(request);
    const over: Promise<unknown> = answer.catch(() => undefined).finally(() => this.underWay.delete(over));
    this.underWay.add(over);
    return answer;
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
  throw new Error('the sha256 thread gave no digest');
}

/** A frame to fill and to pass to a `ThreadedSha256`. Waits while many are under way. */
export async function sha256Frame(): Promise<SharedBytes> {
  return thread ? thread.frame() : newFrame();
}

function newFrame(): SharedBytes {
  return new Uint8Array(new SharedArrayBuffer(SHA256_FRAME_BYTES));
}

/**
 * SHA-256 of a stream, taken on a thread of its own; of fewer bytes than `SHA256_FRAME_BYTES` it is taken at once.
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

  /** The next frame, full unless it is the last. It is filled again once everything before it has been hashed. */
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
