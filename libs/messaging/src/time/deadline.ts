import { AsyncLocalStorage } from 'node:async_hooks';
import { AppError } from '@account-backups/contracts';
import { sharedTime } from './shared-time.js';

/** On a request: until when its sender waits, in shared time. On a reply: the shared time at its sender. */
export const DEADLINE_HEADER = 'x-deadline';
export const NOW_HEADER = 'x-now';

/** Milliseconds since 1970, or undefined where nobody said. */
type Deadline = number | undefined;

const storage = new AsyncLocalStorage<Deadline>();

/** Runs `work`, and what it asks others for, until this deadline. */
export function runUntil<T>(deadline: Deadline, work: () => T): T {
  return storage.run(deadline, work);
}

/**
 * Throws `REQUEST_TIMED_OUT` when whoever sent the request at hand no longer waits for its answer: it was told so, and
 * must not find it done afterwards. Asked before a write that comes after other questions.
 */
export function refuseIfLate(): void {
  if (remainingMs() > 0) return;
  throw new AppError('REQUEST_TIMED_OUT', 'whoever asked no longer waits for the answer');
}

/** How long whoever sent the request at hand still waits; `Infinity` when nobody said. */
export function remainingMs(): number {
  const [deadline, nowMs] = [storage.getStore(), sharedTime.nowMs()];
  return deadline === undefined || nowMs === undefined ? Infinity : deadline - nowMs;
}

/** The headers of a request whose answer is awaited for `timeoutMs` from now. */
export function deadlineIn(timeoutMs: number): Readonly<Record<string, number>> {
  const nowMs = sharedTime.nowMs();
  return nowMs === undefined ? {} : { [DEADLINE_HEADER]: Math.round(nowMs + timeoutMs) };
}

export function numberIn(headers: Readonly<Record<string, unknown>> | undefined, name: string): number | undefined {
  const value = headers?.[name];
  return typeof value === 'number' ? value : undefined;
}
