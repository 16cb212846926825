const UNITS = ['B', 'kB', 'MB', 'GB', 'TB'];

/** A size for people: `512 B`, `3.4 MB` (powers of 1000). */
export function formatBytes(sizeBytes: number): string {
  const power = Math.min(UNITS.length - 1, Math.floor(Math.log10(Math.max(1, sizeBytes)) / 3));
  const amount = sizeBytes / 1_000 ** power;
  return `${power === 0 ? amount : amount.toFixed(1)} ${UNITS[power]}`;
}
