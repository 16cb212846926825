/** An instant with its offset in figures (`Z` becomes `+00:00`); a day stays as it is, no time is an empty text. */
export function isoWithOffset(time: string | null | undefined): string {
  return (time ?? '').replace(/[Zz]$/, '+00:00');
}
