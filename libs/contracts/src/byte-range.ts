/** Bytes of something larger, from `start` up to but not including `end`. */
export interface ByteRange {
  readonly start: number;
  readonly end: number;
}

/** How many bytes a range holds. */
export function sizeOf({ start, end }: ByteRange): number {
  return end - start;
}
