/** UTF-8 byte order mark: Excel takes a CSV without one for a local code page. */
export const CSV_BOM = '\uFEFF';

export type CsvValue = string | number | boolean | null | undefined;

// What a spreadsheet takes for the start of a formula, full-width forms included.
const FORMULA = /^[=+\-@\t\r\n＝＋－＠]/;
const QUOTED = /[",\r\n]|^\s|\s$/;

/**
 * One record of RFC 4180, CRLF included. Text that a spreadsheet would run as a formula gets a leading `'`; numbers and
 * booleans are ours and stay as they are; null and undefined are empty.
 */
export function csvRow(values: readonly CsvValue[]): string {
  return `${values.map(csvField).join(',')}\r\n`;
}

/** Several values in one field, joined by `; `. */
export function csvList(values: readonly string[]): string {
  return values.join('; ');
}

function csvField(value: CsvValue): string {
  if (value === null || value === undefined) return '';
  if (typeof value !== 'string') return String(value);
  const text = guarded(value.toWellFormed());
  return QUOTED.test(text) ? `"${text.replaceAll('"', '""')}"` : text;
}

function guarded(text: string): string {
  return FORMULA.test(text) ? `'${text}` : text;
}
