// Days and instants. A day may begin at 01:00, begin twice, or not happen at all; Temporal knows the rules of each
// zone. A name that it does not know, stored before such were refused, must not fail a list over accounts.
import { usableZone } from '@account-backups/contracts';
import { Temporal } from '@js-temporal/polyfill';

/** The first instant of `day` (`YYYY-MM-DD`) there; of a day that was skipped, the first one after it. */
export function startOfDay(day: string, timeZone: string): Date {
  return new Date(Temporal.PlainDate.from(day).toZonedDateTime(usableZone(timeZone)).epochMilliseconds);
}

/** The first instant after `day` there. */
export function endOfDay(day: string, timeZone: string): Date {
  return startOfDay(addDays(day, 1), timeZone);
}

/** The day that `instant` falls on there. */
export function dayOf(instant: Date, timeZone: string): string {
  return Temporal.Instant.fromEpochMilliseconds(instant.getTime())
    .toZonedDateTimeISO(usableZone(timeZone))
    .toPlainDate()
    .toString();
}

/** `days` may be negative. */
export function addDays(day: string, days: number): string {
  return Temporal.PlainDate.from(day).add({ days }).toString();
}

/** How many days lie between two: 0 for the same day, negative where `to` is the earlier one. */
export function daysBetween(from: string, to: string): number {
  return Temporal.PlainDate.from(from).until(Temporal.PlainDate.from(to), { largestUnit: 'days' }).days;
}
