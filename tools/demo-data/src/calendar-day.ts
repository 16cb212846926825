/** The calendar day `offset` days from `now` in a time zone: `YYYY-MM-DD`. */
export function dayInZone(now: Date, timeZone: string, offset: number): string {
  const today = new Intl.DateTimeFormat('en-CA', {
    timeZone,
    year: 'numeric',
    month: '2-digit',
    day: '2-digit',
  }).format(now);
  return new Date(Date.parse(`${today}T00:00:00Z`) + offset * 86_400_000).toISOString().slice(0, 10);
}
