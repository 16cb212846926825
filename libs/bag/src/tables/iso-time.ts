/** An instant of the register with its offset in figures (`Z` becomes `+00:00`); a day stays a day, nothing stays nothing. */
export function isoWithOffset(time: string | null | undefined): string {
  return (time ?? '').replace(/[Zz]$/, '+00:00');
}
