/** MS-DOS date and time, two 16-bit fields in steps of two seconds, without a time zone (APPNOTE 4.4.6). */
export interface DosTime {
  readonly date: number;
  readonly time: number;
}

const EARLIEST = Date.UTC(1980, 0, 1);
const LATEST = Date.UTC(2107, 11, 31, 23, 59, 58);

/** The moment in UTC, rounded down to two seconds; clamped to the years 1980 to 2107. */
export function toDosTime(moment: Date): DosTime {
  const at = new Date(Math.min(Math.max(moment.getTime(), EARLIEST), LATEST));
  return {
    date: ((at.getUTCFullYear() - 1980) << 9) | ((at.getUTCMonth() + 1) << 5) | at.getUTCDate(),
    time: (at.getUTCHours() << 11) | (at.getUTCMinutes() << 5) | (at.getUTCSeconds() >> 1),
  };
}

/** The moment that the fields stand for in UTC. */
export function fromDosTime({ date, time }: DosTime): Date {
  const day = Date.UTC((date >> 9) + 1980, ((date >> 5) & 15) - 1, date & 31);
  return new Date(day + (((time >> 11) * 60 + ((time >> 5) & 63)) * 60 + (time & 31) * 2) * 1000);
}
