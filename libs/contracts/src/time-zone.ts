// What a time zone is: a name of the IANA database that everything here can reckon with, in any case of letters.

/** Of three letters and in the IANA database. ICU knows two dozen more, and by them BST is in Bangladesh. */
const THREE_LETTERS: ReadonlySet<string> = new Set('CET EET EST GMT HST MET MST PRC ROC ROK UCT UTC WET'.split(' '));
/** An offset, and what ICU alone still keeps: names of UNIX System V, and two that the IANA database gave up. */
const NOT_A_NAME = /^(?:[+-]|systemv\/|us\/pacific-new$|canada\/east-saskatchewan$)/i;
const FALLBACK = 'UTC';

/**
 * Whether dates can be told in this zone by every library that this system uses and by browsers: names of the IANA
 * database, its older ones too. Offsets and abbreviations that ICU alone knows (`PST`, `IST`, `BST`) are none.
 */
export function isTimeZone(value: string): boolean {
  if (NOT_A_NAME.test(value)) return false;
  if (/^[a-z]{3}$/i.test(value) && !THREE_LETTERS.has(value.toUpperCase())) return false;
  return nameByIntl(value) !== undefined;
}

const usable = new Map<string, string>();

/**
 * The zone to reckon with for one that is stored: itself; for one that was taken before it would be refused, the place
 * that ICU means by it; UTC for one that is not known (any more). Never throws.
 */
export function usableZone(stored: string): string {
  const known = usable.get(stored);
  if (known !== undefined) return known;
  const place = nameByIntl(stored) ?? FALLBACK;
  const zone = [stored, place].find(isTimeZone) ?? FALLBACK;
  usable.set(stored, zone);
  return zone;
}

function nameByIntl(timeZone: string): string | undefined {
  try {
    return new Intl.DateTimeFormat('en', { timeZone }).resolvedOptions().timeZone;
  } catch {
    return undefined;
  }
}
