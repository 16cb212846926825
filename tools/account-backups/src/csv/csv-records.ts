import { AppError } from '@account-backups/contracts';

export interface CsvRecord {
  /** Where the record begins, counted from 1. */
  readonly line: number;
  readonly cells: readonly string[];
}

type Separator = ',' | ';' | '\t';

// a cell without quotes, or nothing behind its quotes, and what ends it: a separator, a line's end, or the end of all
const ENDS: Readonly<Record<Separator, RegExp>> = {
  ',': /([^",\r\n]*)(,|\r\n|\n|\r|$)/y,
  ';': /([^";\r\n]*)(;|\r\n|\n|\r|$)/y,
  '\t': /([^"\t\r\n]*)(\t|\r\n|\n|\r|$)/y,
};

/**
 * Records of a CSV (RFC 4180), with or without a byte order mark; skips blank lines. Throws `VALIDATION_FAILED` when it
 * comes to what is none.
 */
export function* csvRecords(text: string, separator: Separator = ','): Generator<CsvRecord, void, undefined> {
  const ends = new RegExp(ENDS[separator]);
  const said = SAYS_SEPARATOR.exec(text)?.[0].length;
  let at = said ?? (text.startsWith('\uFEFF') ? 1 : 0);
  let [line, cells]: [number, string[]] = [said === undefined ? 1 : 2, []];
  let begins = line;
  while (at < text.length || cells.length > 0) {
    const closing = text[at] === '"' ? closingQuote(text, at) : undefined;
    ends.lastIndex = closing === undefined ? at : closing + 1;
    const [, plain = '', end] = ends.exec(text) ?? [];
    if (end === undefined || closing === -1 || (closing !== undefined && plain !== ''))
      throw new AppError('VALIDATION_FAILED', `line ${line}: a quote is not closed or stands inside a cell`);
    cells.push(closing === undefined ? plain : text.slice(at + 1, closing).replaceAll('""', '"'));
    line += (text.slice(at, ends.lastIndex).match(/\r\n|\n|\r/g) ?? []).length;
    at = ends.lastIndex;
    if (end === separator) continue;
    if (cells.length > 1 || cells[0] !== '') yield { line: begins, cells };
    [begins, cells] = [line, []];
  }
}

/** Where the quotes of a cell end, -1 if they do not. A pattern would keep a place for each that is doubled. */
function closingQuote(text: string, opening: number): number {
  let at = text.indexOf('"', opening + 1);
  while (at >= 0 && text[at + 1] === '"') at = text.indexOf('"', at + 2);
  return at;
}

/** A table without the line by which it tells a spreadsheet its separator. */
const SAYS_SEPARATOR = /^\uFEFF?sep=([,;\t])(?:\r\n|\n|\r)/i;

/**
 * What separates the cells of a table: what its first line says (`sep=;`), else what stands most often in the first
 * that is not blank, since spreadsheets write what the country's numbers leave free.
 */
export function separatorOf(text: string): Separator {
  const said = SAYS_SEPARATOR.exec(text)?.[1];
  if (said !== undefined) return said as Separator;
  const head = /^.*\S.*$/m.exec(text)?.[0] ?? '';
  const counts = ([',', ';', '\t'] as const).map((separator) => ({ separator, count: head.split(separator).length }));
  return counts.reduce((most, next) => (next.count > most.count ? next : most)).separator;
}
