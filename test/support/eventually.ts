import { setTimeout as sleep } from 'node:timers/promises';

export interface EventuallyOptions {
  readonly deadlineMs?: number;
  readonly everyMs?: number;
}

/** Calls `attempt` until it no longer throws, and returns its value; after the deadline, throws what it threw last. */
export async function eventually<T>(attempt: () => T | Promise<T>, options: EventuallyOptions = {}): Promise<T> {
  const deadline = Date.now() + (options.deadlineMs ?? 30_000);
  for (;;) {
    try {
      return await attempt();
    } catch (error) {
      if (Date.now() >= deadline) throw error;
      await sleep(options.everyMs ?? 50);
    }
  }
}
