/** Does `work` for each item, at most `concurrency` at a time; the first failure ends it and is thrown. */
export async function eachOf<T>(
  items: Iterable<T>,
  concurrency: number,
  work: (item: T) => Promise<void>,
): Promise<void> {
  const source = items[Symbol.iterator]();
  let failed = false;
  const lane = async () => {
    for (let next = source.next(); !next.done && !failed; next = source.next()) await work(next.value);
  };
  const lanes = Array.from({ length: concurrency }, () =>
    lane().catch((error: unknown) => {
      failed = true;
      throw error;
    }),
  );
  await Promise.all(lanes);
}
