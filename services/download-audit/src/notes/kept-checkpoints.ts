/** So many checkpoints of a chain are kept. */
const KEPT_CHECKPOINTS = 64;

/**
 * The sizes whose checkpoints may go, so that at most `limit` are left: of those in between, always the one that lies
 * closest to its neighbours for its age. So the first and the newest stay, and the older, the further apart.
 */
export function superfluous(sizes: readonly number[], limit = KEPT_CHECKPOINTS): readonly number[] {
  const kept = sizes.toSorted((a, b) => a - b);
  const gone: number[] = [];
  while (kept.length > Math.max(limit, 2)) gone.push(...kept.splice(closest(kept), 1));
  return gone;
}

function closest(sizes: readonly number[]): number {
  const newest = sizes.at(-1) ?? 0;
  const room = (at: number) => {
    const [before = 0, after = 0] = [sizes[at - 1], sizes[at + 1]];
    return (after - before) / (newest - before);
  };
  let best = 1;
  for (let at = 2; at < sizes.length - 1; at += 1) if (room(at) < room(best)) best = at;
  return best;
}
