import { createHash } from 'node:crypto';
import { PROVENANCE_PATH } from '@account-backups/bag';
import { AppError } from '@account-backups/contracts';
import type { EntryRecord, ZipReader } from '@account-backups/zip';
import { boundedLines } from '../archive/bounded-lines.js';
import { originOf } from '../archive/provenance-head.js';
import { csvRecords } from '../csv/csv-records.js';
import { csvTexts, MAX_TEXT_BYTES } from './text-lines.js';

/** A document or file of an archive: its label for people, and a mark that changes when it does. */
export interface Item {
  readonly label: string;
  readonly mark: string;
}

/** What an archive says it holds. */
export interface ArchiveContents {
  /** Whose archive it says it is; null where it does not say. */
  readonly accountId: string | null;
  /** By document id: the document as it was registered. */
  readonly documents: ReadonlyMap<string, Item>;
  /** By document, version, file and kind: the content's SHA-256. */
  readonly files: ReadonlyMap<string, Item>;
}

const DOCUMENTS = 'data/metadata/documents.jsonl';
const FILES = 'data/metadata/files.csv';
const READ = [DOCUMENTS, FILES, PROVENANCE_PATH];

/** Reads the register of an archive. Throws `ARCHIVE_UNREADABLE` if it has none, else as `ZipReader.content`. */
export async function contentsOf(archive: ZipReader, password: string | undefined): Promise<ArchiveContents> {
  const entries = new Map<string, EntryRecord>();
  for await (const entry of archive.entries()) {
    const path = entry.name.slice(entry.name.indexOf('/') + 1);
    if (READ.includes(path)) entries.set(path, entry);
  }
  const linesOf = (path: string) => {
    const entry = entries.get(path);
    if (!entry) throw new AppError('ARCHIVE_UNREADABLE', `the archive holds no ${path}`);
    return boundedLines(archive.content(entry, password), MAX_TEXT_BYTES);
  };
  const provenance = entries.get(PROVENANCE_PATH);
  const { accountId } = provenance ? await originOf(archive.content(provenance, password)) : { accountId: null };
  return { accountId, documents: await documentsOf(linesOf(DOCUMENTS)), files: await filesOf(linesOf(FILES)) };
}

interface RegisteredLine {
  readonly documentId: string;
  readonly index: string;
  readonly title: string;
}

async function documentsOf(lines: AsyncIterable<string>): Promise<ReadonlyMap<string, Item>> {
  const found = new Map<string, Item>();
  for await (const line of lines) {
    const document = JSON.parse(line) as RegisteredLine;
    const mark = createHash('sha256')
      .update(JSON.stringify(sorted(document)))
      .digest('base64');
    found.set(document.documentId, { label: `${document.index} ${document.title}`, mark });
  }
  return found;
}

const COLUMNS = ['document_id', 'version_id', 'file_id', 'kind'];

async function filesOf(lines: AsyncIterable<string>): Promise<ReadonlyMap<string, Item>> {
  const found = new Map<string, Item>();
  let columns: readonly string[] | undefined;
  for await (const text of csvTexts(lines)) {
    const cells = csvRecords(text)[0]?.cells ?? [];
    if (!columns) {
      columns = cells;
      continue;
    }
    const row = new Map(columns.map((name, at) => [name, cells[at] ?? '']));
    const key = COLUMNS.map((name) => row.get(name)).join(' ');
    found.set(keyOf(found, key), { label: row.get('path') ?? key, mark: row.get('sha256') ?? '' });
  }
  return found;
}

// One file may be attached to a version twice.
function keyOf(found: ReadonlyMap<string, Item>, key: string): string {
  return found.has(key) ? keyOf(found, `${key} again`) : key;
}

/** The same value with object keys sorted: the order in which they were stored means nothing. */
function sorted(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(sorted);
  if (typeof value !== 'object' || value === null) return value;
  return Object.fromEntries(
    Object.entries(value)
      .toSorted(([a], [b]) => (a < b ? -1 : 1))
      .map(([key, each]) => [key, sorted(each)]),
  );
}
