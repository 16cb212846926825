import type { ByteRange } from '@account-backups/contracts';

/** How many distinct bytes lie in any of the ranges. One that ends before it starts has none. */
export function distinctBytes(ranges: readonly ByteRange[]): number {
  const ordered = ranges.toSorted((a, b) => a.start - b.start);
  let bytes = 0;
  let reached = 0;
  for (const { start, end } of ordered) {
    const unseen = Math.max(start, reached);
    if (end <= unseen) continue;
    bytes += end - unseen;
    reached = end;
  }
  return bytes;
}
