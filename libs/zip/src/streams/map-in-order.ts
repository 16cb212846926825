/** How far `mapInOrder` runs ahead. */
export interface MapLimits<T> {
  /** How many mappings run at one time. */
  readonly concurrency: number;
  /** Highest sum of costs at one time; a single item may exceed it. */
  readonly budget: number;
  readonly costOf: (item: T) => number;
}

/**
 * Maps items concurrently and yields the results in the items' order. An item counts against the limits until its
 * result has been consumed. Throws the first error in the items' order, once all mappings begun have settled.
 */
export async function* mapInOrder<T, R>(
  items: AsyncIterable<T> | Iterable<T>,
  map: (item: T) => Promise<R>,
  limits: MapLimits<T>,
): AsyncGenerator<R, void, undefined> {
  const begun: { readonly result: Promise<R>; readonly cost: number }[] = [];
  let used = 0;
  try {
    for await (const item of items) {
      const cost = limits.costOf(item);
      for (let head = begun[0]; head && isFull(); head = begun[0]) {
        yield await head.result;
        begun.shift();
        used -= head.cost;
      }
      const result = map(item);
      // Awaited in its turn; until then, its failure must not count as unhandled.
      result.catch(() => undefined);
      begun.push({ result, cost });
      used += cost;

      function isFull(): boolean {
        return begun.length >= limits.concurrency || used + cost > limits.budget;
      }
    }
    for (let head = begun[0]; head; head = begun[0]) {
      yield await head.result;
      begun.shift();
    }
  } finally {
    await Promise.allSettled(begun.map(({ result }) => result));
  }
}
