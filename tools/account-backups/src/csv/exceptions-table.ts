// What an archive says that it could not include: `data/exceptions.csv`.
import { csvTexts } from './csv-texts.js';
import { tableRows } from './table-rows.js';

export const EXCEPTIONS_PATH = 'data/exceptions.csv';

/** Above what any of its lines has in an archive of ours. */
export const MAX_EXCEPTION_BYTES = 65_536;

const COLUMNS = ['document_id', 'version_id', 'file_id', 'original_name', 'code', 'message'] as const;

/** A row as it stands there: of a whole document, `version_id` and `file_id` are empty. */
type ExceptionRow = Readonly<Record<(typeof COLUMNS)[number], string>>;

/** Throws `ARCHIVE_UNREADABLE` or `VALIDATION_FAILED` for a table that is not ours. Memory: one row. */
export function exceptionRows(lines: AsyncIterable<string>): AsyncGenerator<ExceptionRow, void, undefined> {
  return tableRows(csvTexts(lines, MAX_EXCEPTION_BYTES), COLUMNS);
}

const WORDS: Readonly<Record<string, readonly [one: string, other: string]>> = {
  ORG_UNIT_UNKNOWN: ['document that lies in no organisational unit', 'documents that lie in no organisational unit'],
  FILE_MISSING: ['file that never came', 'files that never came'],
};
const FILE: readonly [string, string] = ['file that could not be read', 'files that could not be read'];

/** `2 files that never came (FILE_MISSING)`. */
export function exceptionText(code: string, count: number): string {
  const [one, other] = (Object.hasOwn(WORDS, code) && WORDS[code]) || FILE;
  return `${count} ${count === 1 ? one : other} (${code})`;
}
