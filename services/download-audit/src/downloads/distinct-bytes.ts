import { sizeOf, type ByteRange } from '@account-backups/contracts';

/** How many distinct bytes lie in any of the ranges. One that ends before it starts has none. */
export function distinctBytes(ranges: readonly ByteRange[]): number {
  return piecesOf(ranges).reduce((bytes, piece) => bytes + sizeOf(piece), 0);
}

/** The same bytes in as few ranges as hold them, in order: no two touch. */
export function piecesOf(ranges: readonly ByteRange[]): ByteRange[] {
  const pieces: ByteRange[] = [];
  for (const range of ranges.toSorted((a, b) => a.start - b.start)) {
    const last = pieces.at(-1);
    if (range.end <= range.start) continue;
    if (last && range.start <= last.end) pieces[pieces.length - 1] = { ...last, end: Math.max(last.end, range.end) };
    else pieces.push(range);
  }
  return pieces;
}

/**
 * The pieces, at most `limit` of them: the smallest gaps are closed, as if their bytes had been taken too, since an
 * audit may not say less than what was taken.
 */
export function coarser(pieces: readonly ByteRange[], limit: number): ByteRange[] {
  const gaps = pieces.slice(1).map(({ start }, at) => ({ at: at + 1, size: start - (pieces[at]?.end ?? start) }));
  const closed = new Set(
    gaps
      .toSorted((a, b) => a.size - b.size)
      .slice(0, Math.max(0, pieces.length - limit))
      .map(({ at }) => at),
  );
  return piecesOf(pieces.map((piece, at) => (closed.has(at) ? { ...piece, start: pieces[at - 1]?.end ?? 0 } : piece)));
}
