import { readFile, stat } from 'node:fs/promises';
import { join } from 'node:path';
import { AppError } from '@account-backups/contracts';
import { pathKey } from './file-names.js';
import { metadataOfCsv, metadataOfJson, type FileMetadata, type MetadataTable, type TableRow } from './metadata.js';
import type { ImportFailure, LeftOut } from './summary.js';
import { tableText } from './table-text.js';
import { walkFolder } from './walk-folder.js';

export interface FolderFile {
  /** Relative to the folder, with `/`. */
  readonly path: string;
  /** The path as the document's identity has it: composed, unless another file has the composed name. */
  readonly identityPath: string;
  readonly location: string;
  readonly sizeBytes: number;
  /** Since 1970. */
  readonly modifiedMs: number;
  readonly metadata: FileMetadata;
  /** Where its metadata stands: `metadata.csv: line 3`. */
  readonly source: string;
}

export interface Folder {
  readonly files: readonly FolderFile[];
  readonly leftOut: readonly LeftOut[];
  readonly failed: readonly ImportFailure[];
  /** All that is wrong with the table and the files of metadata. */
  readonly faults: readonly string[];
}

const METADATA_CSV = 'metadata.csv';
const isNamedAsTable = (path: string) => path.toLowerCase() === METADATA_CSV;
const METADATA = 'metadata of other files';

/**
 * Every file below a folder with its metadata, in the order of names. `encoding` is that of the table. Throws
 * `VALIDATION_FAILED` if there is no such folder.
 */
export async function readFolder(folder: string, encoding?: string): Promise<Folder> {
  const { paths, leftOut, failed } = await walkFolder(folder);
  const known = new Set(paths);
  const isSidecar = (path: string) => path.endsWith('.json') && known.has(path.slice(0, -'.json'.length));
  const tablePath = known.has(METADATA_CSV) ? METADATA_CSV : paths.find(isNamedAsTable);
  const isMetadata = (path: string) => path === tablePath || isSidecar(path);
  const faults: string[] = [];
  const wanted = paths.filter((path) => !isMetadata(path));
  const table = tablePath === undefined ? NO_TABLE : await readTable(join(folder, tablePath), encoding, faults);
  const rows = rowsByPath(table, wanted, faults);
  const identities = identitiesOf(wanted);
  const files: FolderFile[] = [];
  for (const path of wanted) {
    const location = join(folder, path);
    const facts = await stat(location).catch(() => undefined);
    if (!facts) {
      failed.push({ path, code: 'SOURCE_UNUSABLE', message: 'the file cannot be read' });
      continue;
    }
    const sidecar = known.has(`${path}.json`) ? await readSidecar(`${location}.json`, faults) : undefined;
    const row = rows.get(path);
    files.push({
      path,
      identityPath: identities.get(path) ?? path,
      location,
      sizeBytes: facts.size,
      modifiedMs: facts.mtimeMs,
      metadata: { ...row?.metadata, ...sidecar },
      source: row && !sidecar ? `${METADATA_CSV}: line ${row.line}` : `${path}${sidecar ? '.json' : ''}`,
    });
  }
  const described = paths.filter(isMetadata).map((path) => ({ path, reason: METADATA }));
  return { files, leftOut: [...leftOut, ...described], failed, faults };
}

const NO_TABLE: MetadataTable = { rows: [], faults: [] };

async function readTable(file: string, encoding: string | undefined, faults: string[]): Promise<MetadataTable> {
  try {
    const table = metadataOfCsv(tableText(await readFile(file), encoding));
    faults.push(...table.faults.map((fault) => `${METADATA_CSV}: ${fault}`));
    return table;
  } catch (error) {
    faults.push(`${METADATA_CSV}: ${sentenceOf(error)}`);
    return NO_TABLE;
  }
}

async function readSidecar(file: string, faults: string[]): Promise<FileMetadata> {
  try {
    return metadataOfJson(tableText(await readFile(file), undefined));
  } catch (error) {
    faults.push(`${file}: ${sentenceOf(error)}`);
    return {};
  }
}

/** The rows by the file that each means: the very path, else one that is written otherwise (`./sub\a.txt`, NFD). */
function rowsByPath(table: MetadataTable, paths: readonly string[], faults: string[]): ReadonlyMap<string, TableRow> {
  const exact = new Set(paths);
  const byKey = new Map(paths.map((path) => [pathKey(path), path]));
  const found = new Map<string, TableRow>();
  for (const row of table.rows) {
    const path = exact.has(row.path) ? row.path : byKey.get(pathKey(row.path.trim()));
    const before = path === undefined ? undefined : found.get(path);
    const where = `${METADATA_CSV}: line ${row.line}`;
    if (path === undefined) faults.push(`${where}: there is no file ${row.path}`);
    else if (before) faults.push(`${where}: ${row.path} was named before, in line ${before.line}`);
    else found.set(path, row);
  }
  return found;
}

/** Where two names differ only in their Unicode form, one keeps the composed form and the other its own. */
function identitiesOf(paths: readonly string[]): ReadonlyMap<string, string> {
  const exact = new Set(paths);
  const composed = (path: string) => path.normalize('NFC');
  const isFree = (path: string) => path === composed(path) || !exact.has(composed(path));
  return new Map(paths.map((path) => [path, isFree(path) ? composed(path) : path]));
}

function sentenceOf(error: unknown): string {
  if (AppError.is(error)) return error.message;
  return error instanceof Error ? `cannot be read: ${error.message}` : String(error);
}
