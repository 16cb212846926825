/** A builder at work speaks of each of its builds every few seconds. */
const SILENCE_MS = 60_000;

/** A running backup of which nothing was heard since then has no builder. */
export function silentSince(now: Date): Date {
  return new Date(now.getTime() - SILENCE_MS);
}
