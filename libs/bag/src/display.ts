// How people read times, sizes and states in the pages of an archive.
import { usableZone } from '@account-backups/contracts';

/** Writes times as the clocks of a time zone show them. */
export interface ZoneClock {
  /** `2025-11-23 16:04 +00:00 (Europe/London)`. */
  readonly moment: (instant: string) => string;
  /** `2025-11-23`; a day stays the same in every zone, and so does a time before 1900 or in 9999. */
  readonly day: (dayOrInstant: string) => string;
}

const DAY_LENGTH = 'YYYY-MM-DD'.length;

// Systems write the first or the last day of the calendar for "none"; a zone's offset would make it another day.
function isOfAClock(instant: string): boolean {
  return instant >= '1900' && instant < '9999';
}

export function zoneClock(accountZone: string): ZoneClock {
  const timeZone = usableZone(accountZone);
  const format = new Intl.DateTimeFormat('en-GB', {
    timeZone,
    year: 'numeric',
    month: '2-digit',
    day: '2-digit',
    hour: '2-digit',
    minute: '2-digit',
    hourCycle: 'h23',
    timeZoneName: 'longOffset',
  });
  const partsOf = (instant: string) => new Map(format.formatToParts(new Date(instant)).map((p) => [p.type, p.value]));
  const dayOf = (parts: ReadonlyMap<string, string>) =>
    `${parts.get('year')}-${parts.get('month')}-${parts.get('day')}`;
  return {
    moment: (instant) => {
      const parts = partsOf(instant);
      const offset = (parts.get('timeZoneName') ?? '').replace('GMT', '') || '+00:00';
      return `${dayOf(parts)} ${parts.get('hour')}:${parts.get('minute')} ${offset} (${timeZone})`;
    },
    day: (text) => (text.includes('T') && isOfAClock(text) ? dayOf(partsOf(text)) : text.slice(0, DAY_LENGTH)),
  };
}

const units = ['KB', 'MB', 'GB', 'TB', 'PB'] as const;

/** `512 bytes`, `1.4 MB`: decimal units, as macOS and Linux file managers show them. */
export function sizeText(sizeBytes: number): string {
  if (sizeBytes < 1_000) return sizeBytes === 1 ? '1 byte' : `${sizeBytes} bytes`;
  let value = sizeBytes;
  let unit = '';
  for (const next of units) {
    if (value < 999.95) break;
    value /= 1_000;
    unit = next;
  }
  return `${value.toFixed(1)} ${unit}`;
}

const numbers = new Intl.NumberFormat('en-GB');

/** `1,234,567`. */
export function numberText(value: number): string {
  return numbers.format(value);
}

/** `3 files`, `1 file`. */
export function countText(value: number, noun: string): string {
  return `${numberText(value)} ${noun}${value === 1 ? '' : 's'}`;
}

/** `awaiting_authorisation` as `Awaiting authorisation`. */
export function stateText(state: string): string {
  return state.charAt(0).toUpperCase() + state.slice(1).replaceAll('_', ' ');
}

/** What the options mean, for the middle of a sentence. */
export function optionsText(options: {
  readonly includeActive: boolean;
  readonly includeInactive: boolean;
  readonly excludeSuperseded: boolean;
}): string {
  const { includeActive, includeInactive, excludeSuperseded } = options;
  const active = [includeActive && 'active', includeInactive && 'inactive'].filter(Boolean).join(' and ');
  return `${active} documents, ${excludeSuperseded ? 'without superseded versions' : 'all versions'}`;
}
