import { AsyncLocalStorage } from 'node:async_hooks';

const storage = new AsyncLocalStorage<boolean>();

/** Runs the handler of a message that came before, or came for the first time. */
export function runDelivered<T>(again: boolean, work: () => T): T {
  return storage.run(again, work);
}

/**
 * Whether the message at hand was with another process before, or with this one, that died or lost its connection
 * while it handled it.
 */
export function isRedelivered(): boolean {
  return storage.getStore() ?? false;
}
