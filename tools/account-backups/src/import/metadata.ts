import { AppError } from '@account-backups/contracts';
import { csvRecords, separatorOf, type CsvRecord } from '../csv/csv-records.js';

/** Columns of `metadata.csv` besides `path`; a `<file>.json` has the same in camel case. */
export const metadataColumns = [
  'index',
  'title',
  'type',
  'category',
  'section',
  'owners',
  'authors',
  'org_units',
  'active',
  'state',
  'version',
  'created_at',
  'authorised_at',
  'authorised_by',
  'review_frequency_months',
  'next_review_at',
  'media_type',
] as const;

type CamelCase<S extends string> = S extends `${infer Head}_${infer Tail}`
  ? `${Head}${Capitalize<CamelCase<Tail>>}`
  : S;
type MetadataName = CamelCase<(typeof metadataColumns)[number]>;

/** What metadata says about one file; its values are checked when they become a document. */
export type FileMetadata = Readonly<Partial<Record<MetadataName, unknown>>>;

const LISTS: readonly string[] = ['owners', 'authors', 'orgUnits'];
const NAMES: ReadonlySet<string> = new Set(metadataColumns.map(camelCase));

/** What a table says of one file. */
export interface TableRow {
  readonly line: number;
  /** As the table has it. */
  readonly path: string;
  readonly metadata: FileMetadata;
}

/** A table as far as it can be read, with everything that is wrong with it: `line 3: …`. */
export interface MetadataTable {
  readonly rows: readonly TableRow[];
  readonly faults: readonly string[];
}

const SEPARATORS = 'cells are separated by commas, semicolons or tabs';

/** Reads `metadata.csv`. Throws `VALIDATION_FAILED` only where no rows can be told apart. */
export function metadataOfCsv(text: string): MetadataTable {
  const records = filledRecords(text);
  const head = records.next().value ?? { line: 1, cells: [] };
  const columns = head.cells.map((cell) => camelCase(cell.trim().toLowerCase()));
  if (!columns.includes('path')) throw refused(`line ${head.line}: expected a column named path; ${SEPARATORS}`);
  const faults = headFaults(columns).map((fault) => `line ${head.line}: ${fault}`);
  const rows: TableRow[] = [];
  for (const { line, cells } of records) {
    // Excel writes the separators of empty columns, and none behind the last filled cell of some rows
    const unnamed = cells.findIndex((cell, at) => cell.trim() !== '' && columns[at] === '');
    if (cells.length > columns.length) faults.push(`line ${line}: ${tooMany(cells.length, columns.length)}`);
    else if (unnamed < 0) rows.push(rowOf(columns, cells, line, faults));
    else faults.push(`line ${line}: cell ${unnamed + 1} is in a column without a name`);
  }
  return { rows, faults };
}

/** Refused even if the last ones are empty: where a separator within a cell has no quotes, all behind it has moved. */
function tooMany(count: number, expected: number): string {
  const advice = 'put quotes around a cell that has a separator, or delete the empty columns behind the last';
  return `${count} cells, expected ${expected} as in the head; ${advice}`;
}

/** Without rows of nothing, whose separators a spreadsheet writes, too. */
function* filledRecords(text: string): Generator<CsvRecord, undefined, undefined> {
  for (const record of csvRecords(text, separatorOf(text)))
    if (record.cells.some((cell) => cell.trim() !== '')) yield record;
}

function headFaults(columns: readonly string[]): string[] {
  const known = `known: path, ${metadataColumns.join(', ')}`;
  const unknown = columns.filter((column) => column !== '' && column !== 'path' && !NAMES.has(column));
  const doubled = columns.filter(
    (column, at) => column !== '' && columns.indexOf(column) !== at && !unknown.includes(column),
  );
  return [
    ...unknown.map((column) => `unknown column ${column}; ${known}`),
    ...doubled.map((column) => `the column ${column} stands there twice`),
  ];
}

function rowOf(columns: readonly string[], cells: readonly string[], line: number, faults: string[]): TableRow {
  const { path = '', ...values } = Object.fromEntries(columns.map((column, at) => [column, cells[at] ?? '']));
  const filled = Object.entries(values).filter(([name, cell]) => NAMES.has(name) && cell.trim() !== '');
  const metadata = Object.fromEntries(filled.map(([name, cell]) => [name, valueOf(name, cell.trim())]));
  const { active } = metadata;
  if (typeof active === 'string')
    faults.push(`line ${line}: active is ${active}, expected true or false, yes or no, 1 or 0`);
  return { line, path, metadata: typeof active === 'string' ? { ...metadata, active: true } : metadata };
}

/** The content of a `<file>.json`. Throws `VALIDATION_FAILED`. */
export function metadataOfJson(text: string): FileMetadata {
  const value = objectIn(text);
  const unknown = Object.keys(value).find((name) => !NAMES.has(name));
  if (unknown === undefined) return value as FileMetadata;
  throw refused(`unknown field ${unknown}; known: ${[...NAMES].join(', ')}`);
}

function objectIn(text: string): object {
  let value: unknown;
  try {
    value = JSON.parse(text);
  } catch (cause) {
    throw new AppError('VALIDATION_FAILED', 'expected JSON', { cause });
  }
  if (typeof value === 'object' && value !== null && !Array.isArray(value)) return value;
  throw refused('expected a JSON object');
}

function valueOf(name: string, cell: string): unknown {
  if (LISTS.includes(name))
    return cell
      .split(';')
      .map((part) => part.trim())
      .filter((part) => part !== '');
  if (name === 'reviewFrequencyMonths') return Number(cell);
  if (name !== 'active') return cell;
  if (/^(true|yes|1)$/i.test(cell)) return true;
  return /^(false|no|0)$/i.test(cell) ? false : cell;
}

function camelCase(column: string): string {
  return column.replace(/_([a-z])/g, (_, letter: string) => letter.toUpperCase());
}

function refused(sentence: string): AppError {
  return new AppError('VALIDATION_FAILED', sentence);
}
