import { createHash } from 'node:crypto';
import { PROVENANCE_PATH } from '@account-backups/bag';
import { AppError } from '@account-backups/contracts';
import type { EntryRecord, ZipReader } from '@account-backups/zip';
import { boundedLines } from '../archive/bounded-lines.js';
import { originOf } from '../archive/provenance-head.js';
import { csvTexts, MAX_TEXT_BYTES } from '../csv/csv-texts.js';
import { exceptionRows, EXCEPTIONS_PATH, MAX_EXCEPTION_BYTES } from '../csv/exceptions-table.js';
import { tableRows } from '../csv/table-rows.js';

/** A document or file of an archive: its label for people, and a mark that changes when it does. */
export interface Item {
  readonly label: string;
  readonly mark: string;
  /** What an exception would be about that told of it: the file, and its document. */
  readonly subjects: readonly string[];
}

/** What an archive says it could not include. */
interface ArchiveException {
  readonly label: string;
  readonly code: string;
  readonly message: string;
}

/** What an archive says it holds. */
export interface ArchiveContents {
  /** Whose archive it says it is; null where it does not say. */
  readonly accountId: string | null;
  /** By document id: the document as it was registered. */
  readonly documents: ReadonlyMap<string, Item>;
  /** By document, version, file and kind: the content's SHA-256. */
  readonly files: ReadonlyMap<string, Item>;
  /** By document, version and file, or by document alone where the whole of it is missing. */
  readonly exceptions: ReadonlyMap<string, ArchiveException>;
}

const DOCUMENTS = 'data/metadata/documents.jsonl';
const FILES = 'data/metadata/files.csv';
const READ = [DOCUMENTS, FILES, EXCEPTIONS_PATH, PROVENANCE_PATH];

/** Reads the register of an archive. Throws `ARCHIVE_UNREADABLE` if it has none, else as `ZipReader.content`. */
export async function contentsOf(archive: ZipReader, password: string | undefined): Promise<ArchiveContents> {
  const entries = new Map<string, EntryRecord>();
  for await (const entry of archive.entries()) {
    const path = entry.name.slice(entry.name.indexOf('/') + 1);
    if (READ.includes(path)) entries.set(path, entry);
  }
  const linesOf = (path: string, maxBytes = MAX_TEXT_BYTES) => {
    const entry = entries.get(path);
    if (!entry) throw new AppError('ARCHIVE_UNREADABLE', `the archive holds no ${path}`);
    return boundedLines(archive.content(entry, password), maxBytes);
  };
  const provenance = entries.get(PROVENANCE_PATH);
  const { accountId } = provenance ? await originOf(archive.content(provenance, password)) : { accountId: null };
  return {
    accountId,
    documents: await documentsOf(linesOf(DOCUMENTS)),
    files: await filesOf(linesOf(FILES)),
    exceptions: entries.has(EXCEPTIONS_PATH)
      ? await exceptionsOf(linesOf(EXCEPTIONS_PATH, MAX_EXCEPTION_BYTES))
      : new Map(),
  };
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
    const { documentId, index, title } = document;
    found.set(documentId, { label: `${index} ${title}`, mark, subjects: [documentId] });
  }
  return found;
}

const COLUMNS = ['path', 'document_id', 'version_id', 'file_id', 'kind', 'sha256'] as const;

async function filesOf(lines: AsyncIterable<string>): Promise<ReadonlyMap<string, Item>> {
  const found = new Map<string, Item>();
  for await (const row of tableRows(csvTexts(lines), COLUMNS)) {
    const file = `${row.document_id} ${row.version_id} ${row.file_id}`;
    const item = { label: row.path, mark: row.sha256, subjects: [file, row.document_id] };
    found.set(keyOf(found, `${file} ${row.kind}`), item);
  }
  return found;
}

async function exceptionsOf(lines: AsyncIterable<string>): Promise<ReadonlyMap<string, ArchiveException>> {
  const found = new Map<string, ArchiveException>();
  for await (const row of exceptionRows(lines)) {
    const { document_id: documentId, version_id: versionId, file_id: fileId, code, message } = row;
    const subject = fileId === '' ? documentId : `${documentId} ${versionId} ${fileId}`;
    found.set(subject, { label: row.original_name || message, code, message });
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
