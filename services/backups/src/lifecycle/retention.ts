/** How long an archive can be downloaded, counted from its completion (`P14D`); there is no setting. */
export const RETENTION_DAYS = 14;

const DAY_MS = 86_400_000;

/** `days` times 24 hours later. */
export function addDays(from: Date, days: number): Date {
  return new Date(from.getTime() + days * DAY_MS);
}
