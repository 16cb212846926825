import { Worker, type ResourceLimits } from 'node:worker_threads';
import type { ThreadAnswer, ThreadRequest } from './answer-requests.js';

export interface ThreadOptions {
  /** Names the thread, also in errors. */
  readonly name: string;
  /** The built file that calls `answerRequests`. */
  readonly script: URL;
  readonly resourceLimits: ResourceLimits;
  /** How many requests share a message at most: for small work, a message costs as much as the work itself. */
  readonly maxMessageRequests: number;
  /** Called once, when the thread has failed or ended. */
  readonly onEnd: () => void;
}

interface Waiting<Answer> {
  readonly resolve: (answer: Answer) => void;
  readonly reject: (cause: Error) => void;
}

/**
 * A thread that answers requests, each under an id of its own. It keeps the process alive only while one is unanswered.
 */
export class ThreadClient<Request, Answer> {
  readonly #worker: Worker;
  readonly #waiting = new Map<number, Waiting<Answer>>();
  #lastId = 0;
  #requests: ThreadRequest<Request>[] = [];
  #handedOver: ArrayBuffer[] = [];
  #failure: Error | undefined;

  constructor(private readonly options: ThreadOptions) {
    const { name, script, resourceLimits } = options;
    this.#worker = new Worker(script, { name, execArgv: [], resourceLimits });
    this.#worker.unref();
    this.#worker.on('message', (answers: readonly ThreadAnswer<Answer>[]) => this.#take(answers));
    this.#worker.on('error', (cause) => this.#end(new Error(`the ${name} thread failed`, { cause })));
    this.#worker.on('exit', () => this.#end(new Error(`the ${name} thread ended`)));
  }

  /** Requests without an answer yet. */
  get load(): number {
    return this.#waiting.size;
  }

  /**
   * Sends a request. Memory in `handedOver` belongs to the thread from now on. Rejects when the thread fails or ends.
   */
  ask(request: Request, handedOver: readonly ArrayBuffer[] = []): Promise<Answer> {
    return new Promise((resolve, reject) => {
      if (this.#failure) return reject(this.#failure);
      if (this.#waiting.size === 0) this.#worker.ref();
      this.#lastId += 1;
      this.#waiting.set(this.#lastId, { resolve, reject });
      this.#handedOver.push(...handedOver);
      this.#queue({ id: this.#lastId, request });
    });
  }

  /** Sends a request without waiting for an answer. */
  tell(request: Request): void {
    if (!this.#failure) this.#queue({ id: null, request });
  }

  #queue(request: ThreadRequest<Request>): void {
    if (this.#requests.push(request) === this.options.maxMessageRequests) this.#send();
    else if (this.#requests.length === 1) setImmediate(() => this.#send());
  }

  #send(): void {
    if (this.#requests.length === 0) return;
    this.#worker.postMessage(this.#requests, this.#handedOver);
    this.#requests = [];
    this.#handedOver = [];
  }

  #take(answers: readonly ThreadAnswer<Answer>[]): void {
    for (const { id, answer } of answers) {
      this.#waiting.get(id)?.resolve(answer);
      this.#waiting.delete(id);
    }
    if (this.#waiting.size === 0) this.#worker.unref();
  }

  #end(failure: Error): void {
    if (this.#failure) return;
    this.#failure = failure;
    this.options.onEnd();
    for (const { reject } of this.#waiting.values()) reject(failure);
    this.#waiting.clear();
  }
}
