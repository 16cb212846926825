import { AppError } from '@account-backups/contracts';

interface CsvRecord {
  /** Where the record begins, counted from 1. */
  readonly line: number;
  readonly cells: readonly string[];
}

type Separator = ',' | ';' | '\t';

// a cell, then what ends it: a separator, a line's end, or the end of all
const CELLS: Readonly<Record<Separator, RegExp>> = {
  ',': /(?:"((?:[^"]|"")*)"|([^",\r\n]*))(,|\r\n|\n|\r|$)/y,
  ';': /(?:"((?:[^"]|"")*)"|([^";\r\n]*))(;|\r\n|\n|\r|$)/y,
  '\t': /(?:"((?:[^"]|"")*)"|([^"\t\r\n]*))(\t|\r\n|\n|\r|$)/y,
};

/** Records of a CSV (RFC 4180), with or without a byte order mark; skips blank lines. Throws `VALIDATION_FAILED`. */
export function csvRecords(text: string, separator: Separator = ','): readonly CsvRecord[] {
  const records: CsvRecord[] = [];
  const cell = new RegExp(CELLS[separator]);
  const said = SAYS_SEPARATOR.exec(text)?.[0].length;
  cell.lastIndex = said ?? (text.startsWith('\uFEFF') ? 1 : 0);
  let [line, cells]: [number, string[]] = [said === undefined ? 1 : 2, []];
  let begins = line;
  while (cell.lastIndex < text.length || cells.length > 0) {
    const match = cell.exec(text);
    if (!match) throw new AppError('VALIDATION_FAILED', `line ${line}: a quote is not closed or stands inside a cell`);
    const [whole, quoted, plain = '', end] = match;
    cells.push(quoted?.replaceAll('""', '"') ?? plain);
    line += (whole.match(/\r\n|\n|\r/g) ?? []).length;
    if (end === separator) continue;
    if (cells.length > 1 || cells[0] !== '') records.push({ line: begins, cells });
    [begins, cells] = [line, []];
  }
  return records;
}

/** A table without the line by which it tells a spreadsheet its separator. */
const SAYS_SEPARATOR = /^\uFEFF?sep=([,;\t])(?:\r\n|\n|\r)/i;

/**
 * What separates the cells of a table: what its first line says (`sep=;`), else what stands there most often, since
 * spreadsheets write what the country's numbers leave free.
 */
export function separatorOf(text: string): Separator {
  const said = SAYS_SEPARATOR.exec(text)?.[1];
  if (said !== undefined) return said as Separator;
  const head = /^[^\r\n]*/.exec(text)?.[0] ?? '';
  const counts = ([',', ';', '\t'] as const).map((separator) => ({ separator, count: head.split(separator).length }));
  return counts.reduce((most, next) => (next.count > most.count ? next : most)).separator;
}
