import { AppError } from '@account-backups/contracts';
import { csvRecords } from '../csv/csv-records.js';

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

/** `metadata.csv` by the path of the file. Throws `VALIDATION_FAILED` with the line of the first fault. */
export function metadataOfCsv(text: string): ReadonlyMap<string, FileMetadata> {
  const [head, ...records] = csvRecords(text);
  const columns = (head?.cells ?? []).map((cell) => camelCase(cell.trim().toLowerCase()));
  if (!columns.includes('path')) throw refused('line 1: expected a column named path');
  const unknown = columns.find((column) => column !== 'path' && !NAMES.has(column));
  if (unknown !== undefined)
    throw refused(`line 1: unknown column ${unknown}; known: path, ${metadataColumns.join(', ')}`);
  const found = new Map<string, FileMetadata>();
  for (const { line, cells } of records) {
    if (cells.length !== columns.length)
      throw refused(`line ${line}: ${cells.length} cells, expected ${columns.length}`);
    const { path = '', ...values } = Object.fromEntries(columns.map((column, at) => [column, cells[at] ?? '']));
    if (found.has(path)) throw refused(`line ${line}: ${path} was named before`);
    found.set(path, ofCells(values, line));
  }
  return found;
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

/** Blank cells are left out. */
function ofCells(cells: Readonly<Record<string, string>>, line: number): FileMetadata {
  const filled = Object.entries(cells).filter(([, cell]) => cell.trim() !== '');
  return Object.fromEntries(filled.map(([name, cell]) => [name, valueOf(name, cell.trim(), line)]));
}

function valueOf(name: string, cell: string, line: number): unknown {
  if (LISTS.includes(name))
    return cell
      .split(';')
      .map((part) => part.trim())
      .filter((part) => part !== '');
  if (name === 'reviewFrequencyMonths') return Number(cell);
  if (name !== 'active') return cell;
  if (/^(true|yes|1)$/i.test(cell)) return true;
  if (/^(false|no|0)$/i.test(cell)) return false;
  throw refused(`line ${line}: active is ${cell}, expected true or false`);
}

function camelCase(column: string): string {
  return column.replace(/_([a-z])/g, (_, letter: string) => letter.toUpperCase());
}

function refused(sentence: string): AppError {
  return new AppError('VALIDATION_FAILED', sentence);
}
