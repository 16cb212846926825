// What was acknowledged is registered as it was last acknowledged, and the register's own sums are right.
import { rowsOf } from '../database.js';
import { canonical, type Check, type Evidence } from '../evidence.js';
import type { Finding } from '../finding.js';
import type { FileEntry } from '../journal.js';
import type { HostDocument } from '../world.js';
import { possibleValues, presence } from './possible.js';

interface DocumentRow {
  readonly accountId: string;
  readonly documentId: string;
  readonly body: HostDocument | null;
  readonly sums: Sums;
}

interface FileRow {
  readonly accountId: string;
  readonly fileId: string;
  readonly sizeBytes: string;
  readonly sha256: string;
}

type Sums = Readonly<Record<'currentFiles' | 'currentBytes' | 'supersededFiles' | 'supersededBytes', number>>;

export const checkRegister: Check = async (evidence) => {
  const { databaseUrl } = evidence.target;
  const [documents, files] = await Promise.all([
    rowsOf<DocumentRow>(databaseUrl, DOCUMENTS),
    rowsOf<FileRow>(databaseUrl, FILES),
  ]);
  const sizes = new Map(files.map((row) => [nameOf(row.accountId, row.fileId), Number(row.sizeBytes)]));
  return [
    ...documentFaults(evidence, documents),
    ...fileFaults(evidence, files),
    ...documents.flatMap((row) => sumFaults(row, sizes)),
  ];
};

function documentFaults({ journal }: Evidence, rows: readonly DocumentRow[]): readonly Finding[] {
  const found = new Map(rows.map((row) => [nameOf(row.accountId, row.documentId), row.body]));
  const known = Array.from(journal.documents, ([accountId, documents]) =>
    Array.from(documents, ([documentId, deeds]) => ({ name: nameOf(accountId, documentId), deeds })),
  ).flat();
  const wrong = known.flatMap(({ name, deeds }) => {
    const possible = possibleValues(deeds, Infinity, Infinity);
    const value = found.get(name) ?? null;
    if (possible.some((each) => canonical(each) === canonical(value))) return [];
    return [finding('document-wrong', name, possible, value)];
  });
  const names = new Set(known.map(({ name }) => name));
  const foreign = [...found.keys()].filter((name) => !names.has(name));
  return [...wrong, ...foreign.map((name) => finding('document-unsent', name, 'no document', found.get(name)))];
}

function fileFaults({ journal }: Evidence, rows: readonly FileRow[]): readonly Finding[] {
  const found = new Map(rows.map((row) => [nameOf(row.accountId, row.fileId), row]));
  const sent = Array.from(journal.files.values(), (files) => [...files.values()]).flat();
  const wrong = sent.flatMap((file) => {
    const name = nameOf(file.accountId, file.fileId);
    const row = found.get(name);
    return isRight(file, row) ? [] : [finding('file-wrong', name, file, row ?? 'no row')];
  });
  const names = new Set(sent.map(({ accountId, fileId }) => nameOf(accountId, fileId)));
  const foreign = [...found.keys()].filter((name) => !names.has(name));
  return [...wrong, ...foreign.map((name) => finding('file-unsent', name, 'no file', found.get(name)))];
}

function isRight(file: FileEntry, row: FileRow | undefined): boolean {
  const there = presence(file, Infinity, Infinity);
  if (!row) return there !== 'there';
  return there !== 'absent' && row.sha256 === file.sha256 && Number(row.sizeBytes) === file.sizeBytes;
}

/** How many files a document names, and how large those are that came: counted anew from what was registered. */
function sumFaults({ accountId, documentId, body, sums }: DocumentRow, sizes: ReadonlyMap<string, number>) {
  const named = (body?.versions ?? []).flatMap((version) => {
    const isSuperseded = version.state === 'superseded';
    const fileIds = [version.fileId, ...version.attachments.map(({ fileId }) => fileId)];
    return fileIds.map((fileId) => ({ isSuperseded, sizeBytes: sizes.get(nameOf(accountId, fileId)) }));
  });
  const sumOf = (isSuperseded: boolean) => {
    const come = named.filter((each) => each.isSuperseded === isSuperseded && each.sizeBytes !== undefined);
    return { files: come.length, bytes: come.reduce((sum, { sizeBytes }) => sum + (sizeBytes ?? 0), 0) };
  };
  const [current, superseded] = [sumOf(false), sumOf(true)];
  const expected: Sums = {
    currentFiles: current.files,
    currentBytes: current.bytes,
    supersededFiles: superseded.files,
    supersededBytes: superseded.bytes,
  };
  if (canonical(expected) === canonical(sums)) return [];
  return [finding('document-sums', nameOf(accountId, documentId), expected, sums)];
}

function nameOf(accountId: string, id: string): string {
  return `${accountId} ${id}`;
}

function finding(kind: string, where: string, expected: unknown, found: unknown): Finding {
  return { kind, what: 'the register', where, expected, found };
}

const DOCUMENTS = `
  SELECT account_id AS "accountId", document_id AS "documentId", body,
    jsonb_build_object('currentFiles', current_files, 'currentBytes', current_bytes,
      'supersededFiles', superseded_files, 'supersededBytes', superseded_bytes) AS sums
  FROM documents.documents FULL JOIN documents.document_bodies USING (account_id, document_id)`;

const FILES = `
  SELECT account_id AS "accountId", file_id AS "fileId", size_bytes AS "sizeBytes", sha256 FROM documents.files`;
