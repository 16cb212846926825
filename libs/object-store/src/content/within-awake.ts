const TICKS = 4;

/**
 * Gives `work` so many milliseconds in which this process was awake, then aborts its signal with a `TimeoutError`. A
 * process that stood still counts one tick for it, however long: what came meanwhile is read before it is called late.
 */
export async function withinAwake<T>(ms: number, work: (signal: AbortSignal) => Promise<T>): Promise<T> {
  const deadline = new AbortController();
  let left = TICKS;
  const timer = setInterval(() => {
    left -= 1;
    if (left === 0) deadline.abort(new DOMException(`no answer within ${ms} ms`, 'TimeoutError'));
  }, ms / TICKS);
  try {
    return await work(deadline.signal);
  } finally {
    clearInterval(timer);
  }
}
