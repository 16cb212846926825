import { AppError } from '@account-backups/contracts';
import type { ConsumeMessage } from 'amqplib';
import { decodeBody, type ReplyBody } from '../envelope/body.js';
import { NOW_HEADER, numberIn } from '../time/deadline.js';
import { sharedTime } from '../time/shared-time.js';

interface Waiting {
  /** Of `performance.now()`. */
  readonly askedMs: number;
  resolve(reply: unknown): void;
  reject(error: AppError): void;
}

/** The answers that somebody waits for, by correlation id. */
export class PendingAnswers {
  private readonly waiting = new Map<string, Waiting>();

  /** The answer, or `REQUEST_TIMED_OUT`; `what` is for the error's text. */
  await(correlationId: string, what: string, timeoutMs: number): Promise<unknown> {
    return new Promise((resolve, reject) => {
      const settle = (act: () => void) => {
        clearTimeout(timer);
        this.waiting.delete(correlationId);
        act();
      };
      const late = new AppError('REQUEST_TIMED_OUT', `${what} was not answered within ${timeoutMs} ms`);
      const timer = setTimeout(() => settle(() => reject(late)), timeoutMs);
      this.waiting.set(correlationId, {
        askedMs: performance.now(),
        resolve: (reply) => settle(() => resolve(reply)),
        reject: (error) => settle(() => reject(error)),
      });
    });
  }

  /** All answers that come within `forMs`. Throws what the question comes to, where it cannot be asked. */
  collect(correlationId: string, forMs: number): Promise<readonly unknown[]> {
    return new Promise((resolve, reject) => {
      const answers: unknown[] = [];
      const end = (act: () => void) => {
        clearTimeout(timer);
        this.waiting.delete(correlationId);
        act();
      };
      const timer = setTimeout(() => end(() => resolve(answers)), forMs);
      this.waiting.set(correlationId, {
        askedMs: performance.now(),
        resolve: (answer) => answers.push(answer),
        reject: (error) => end(() => reject(error)),
      });
    });
  }

  isAwaited(correlationId: string): boolean {
    return this.waiting.has(correlationId);
  }

  resolve(correlationId: string, reply: unknown): void {
    this.waiting.get(correlationId)?.resolve(reply);
  }

  reject(correlationId: string, error: unknown): void {
    this.waiting.get(correlationId)?.reject(asAppError(error));
  }

  rejectAll(error: AppError): void {
    for (const waiting of Array.from(this.waiting.values())) waiting.reject(error);
  }

  async receive({ content, properties }: ConsumeMessage): Promise<void> {
    // An answer that comes after its time-out has nobody waiting for it.
    const waiting = this.waiting.get(String(properties.correlationId));
    if (!waiting) return;
    const nowMs = numberIn(properties.headers, NOW_HEADER);
    if (nowMs !== undefined) sharedTime.learn(nowMs, waiting.askedMs);
    try {
      const body = (await decodeBody(content, properties.contentEncoding)) as ReplyBody;
      if (body.error === undefined) return waiting.resolve(body.reply);
      return waiting.reject(AppError.fromBody(body.error));
    } catch (error) {
      return waiting.reject(asAppError(error));
    }
  }
}

function asAppError(cause: unknown): AppError {
  if (cause instanceof AppError) return cause;
  return new AppError('INTERNAL', 'a message could not be sent or read', { cause });
}
