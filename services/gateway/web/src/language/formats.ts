const DAY_MS = 86_400_000;
const UNITS = ['byte', 'kilobyte', 'megabyte', 'gigabyte', 'terabyte'] as const;
const HOURS = { unit: 'hour', unitSeconds: 3_600 };
const durationUnits = [
  { below: 90, unit: 'second', unitSeconds: 1 },
  { below: 5_400, unit: 'minute', unitSeconds: 60 },
];

export interface Formats {
  /** Day and time in the account's time zone. */
  readonly dateTime: (instant: string) => string;
  readonly time: (instant: string) => string;
  /** A calendar day, `YYYY-MM-DD`, without a time zone. */
  readonly day: (day: string) => string;
  readonly count: (count: number) => string;
  readonly percent: (part: number, of: number) => string;
  readonly size: (bytes: number) => string;
  readonly duration: (seconds: number) => string;
}

/** Dates, sizes and numbers as a language writes them. Sizes are decimal, as file managers show them. */
export function formatsOf(locale: string, accountZone: string): Formats {
  const timeZone = knownZone(accountZone);
  const dateTime = new Intl.DateTimeFormat(locale, { dateStyle: 'medium', timeStyle: 'short', timeZone });
  const time = new Intl.DateTimeFormat(locale, { timeStyle: 'short', timeZone });
  const day = new Intl.DateTimeFormat(locale, { dateStyle: 'long', timeZone: 'UTC' });
  const numbers = new Intl.NumberFormat(locale);
  const percent = new Intl.NumberFormat(locale, { style: 'percent', maximumFractionDigits: 0, roundingMode: 'floor' });
  return {
    dateTime: (instant) => dateTime.format(new Date(instant)),
    time: (instant) => time.format(new Date(instant)),
    day: (text) => day.format(new Date(`${text}T00:00:00Z`)),
    count: (count) => numbers.format(count),
    percent: (part, of) => percent.format(of === 0 ? 1 : Math.min(1, part / of)),
    size: (bytes) => sizeText(locale, bytes),
    duration: (seconds) => durationText(locale, seconds),
  };
}

// A browser older than the zone, or than its name, shows UTC rather than nothing.
function knownZone(timeZone: string): string {
  try {
    new Intl.DateTimeFormat('en', { timeZone });
    return timeZone;
  } catch {
    return 'UTC';
  }
}

/** Whole days from `now` until an instant, rounded down; 0 when less than a day is left. */
export function daysUntil(instant: string, now: number): number {
  return Math.max(0, Math.floor((Date.parse(instant) - now) / DAY_MS));
}

function sizeText(locale: string, bytes: number): string {
  const power = bytes < 1_000 ? 0 : Math.min(UNITS.length - 1, Math.floor(Math.log10(bytes) / 3));
  const value = bytes / 1_000 ** power;
  const maximumFractionDigits = power === 0 || value >= 100 ? 0 : 1;
  const options = { style: 'unit', unit: UNITS[power] ?? 'byte', unitDisplay: 'short', maximumFractionDigits } as const;
  return new Intl.NumberFormat(locale, options).format(value);
}

function durationText(locale: string, seconds: number): string {
  const { unit, unitSeconds } = durationUnits.find(({ below }) => seconds < below) ?? HOURS;
  const options = { style: 'unit', unit, unitDisplay: 'long', maximumFractionDigits: 0 } as const;
  return new Intl.NumberFormat(locale, options).format(Math.max(1, Math.round(seconds / unitSeconds)));
}
