/** From the first byte up to, not including, `to`. */
export interface ByteInterval {
  readonly from: number;
  readonly to: number;
}

/** How many distinct bytes lie in any of the intervals. One that ends before it starts has none. */
export function distinctBytes(intervals: readonly ByteInterval[]): number {
  const ordered = [...intervals].sort((a, b) => a.from - b.from);
  let bytes = 0;
  let reached = 0;
  for (const { from, to } of ordered) {
    const start = Math.max(from, reached);
    if (to <= start) continue;
    bytes += to - start;
    reached = to;
  }
  return bytes;
}
