import { AppError } from '@account-backups/contracts';

interface CsvRecord {
  /** Where the record begins, counted from 1. */
  readonly line: number;
  readonly cells: readonly string[];
}

/** Records of a CSV (RFC 4180), with or without a byte order mark; skips blank lines. Throws `VALIDATION_FAILED`. */
export function csvRecords(text: string): readonly CsvRecord[] {
  const records: CsvRecord[] = [];
  // a cell, then what ends it: a comma, a line's end, or the end of all
  const cell = /(?:"((?:[^"]|"")*)"|([^",\r\n]*))(,|\r\n|\n|\r|$)/y;
  cell.lastIndex = text.startsWith('\uFEFF') ? 1 : 0;
  let [line, cells]: [number, string[]] = [1, []];
  let begins = line;
  while (cell.lastIndex < text.length || cells.length > 0) {
    const match = cell.exec(text);
    if (!match) throw new AppError('VALIDATION_FAILED', `line ${line}: a quote is not closed or stands inside a cell`);
    const [whole, quoted, plain = '', end] = match;
    cells.push(quoted?.replaceAll('""', '"') ?? plain);
    line += (whole.match(/\r\n|\n|\r/g) ?? []).length;
    if (end === ',') continue;
    if (cells.length > 1 || cells[0] !== '') records.push({ line: begins, cells });
    [begins, cells] = [line, []];
  }
  return records;
}
