import { setTimeout as sleep } from 'node:timers/promises';

interface WaitOptions {
  readonly deadlineMs: number;
  readonly everyMs?: number;
}

/** Asks again and again until `check` is true; false when the deadline passes first. */
export async function waitFor(check: () => boolean | Promise<boolean>, options: WaitOptions): Promise<boolean> {
  const deadline = Date.now() + options.deadlineMs;
  for (;;) {
    if (await check()) return true;
    if (Date.now() >= deadline) return false;
    await sleep(options.everyMs ?? 50);
  }
}
