/** UTF-8 byte order mark: Excel takes a CSV without one for a local code page. */
export const CSV_BOM = '\uFEFF';

export type CsvValue = string | number | boolean | null | undefined;

// What a spreadsheet takes for the start of a formula, full-width forms included: at the start of a cell, and where one
// would start for a program that splits at semicolons or tabs and ignores quotes, as Excel does in half of Europe.
const FORMULA = /(^|[;\t\r\n])([\s\p{Cf}"]*)(?=[=+\-@＝＋－＠])/gu;
const BLANK_START = /^[\t\r\n]/;
const QUOTED = /[",\r\n]|^\s|\s$/;

/**
 * One record of RFC 4180, CRLF included. What a spreadsheet would run as a formula gets a `'` before it, at the start
 * of a cell and after a semicolon, tab or line end; so does a tab or line end that a cell starts with. Numbers and
 * booleans are our own and stay as they are; null and undefined are empty.
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
  const harmless = text.replace(FORMULA, "$1$2'");
  return BLANK_START.test(harmless) ? `'${harmless}` : harmless;
}
