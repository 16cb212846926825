// What an archive must hold, by the journal alone: at least what had been acknowledged before it was requested and was
// left alone until it was made, at most what was ever sent.
import { canonical, type BackupRow } from '../evidence.js';
import type { Finding } from '../finding.js';
import type { Journal } from '../journal.js';
import type { OpenedArchive } from '../opened-archive.js';
import type { HostDocument } from '../world.js';
import { possibleValues, presence } from './possible.js';

/** The code of a file that never came. */
const MISSING = 'FILE_MISSING';

interface Slot {
  readonly documentId: string;
  readonly versionId: string;
  readonly fileId: string;
}

export function contentFaults(journal: Journal, row: BackupRow, opened: OpenedArchive): readonly Finding[] {
  return [...documentFaults(journal, row, opened), ...fileFaults(journal, row, opened)];
}

function documentFaults(journal: Journal, row: BackupRow, opened: OpenedArchive): readonly Finding[] {
  const { from, to } = timesOf(row);
  const found = new Map(opened.documents.map((document) => [document.documentId, document]));
  const known = journal.documents.get(row.accountId) ?? new Map<string, never>();
  const wrong = Array.from(known, ([documentId, deeds]) => {
    const possible = possibleValues(deeds, from, to).map((value) => selected(value, row));
    const value = found.get(documentId) ?? null;
    if (possible.some((each) => canonical(each) === canonical(value))) return [];
    const kind = value === null ? 'archive-lacks-document' : 'archive-document-wrong';
    return [finding(kind, row, `document ${documentId}`, { expected: possible, found: value })];
  });
  const foreign = [...found.keys()].filter((documentId) => !known.has(documentId));
  const doubled = opened.documents.length - found.size;
  return [
    ...wrong.flat(),
    ...foreign.map((id) =>
      finding('archive-document-unsent', row, `document ${id}`, { expected: null, found: found.get(id) }),
    ),
    ...(doubled > 0 ? [finding('archive-document-doubled', row, 'documents', { expected: 0, found: doubled })] : []),
  ];
}

/** What of a document the options of the backup take; null for nothing. */
function selected(document: HostDocument | null, row: BackupRow): HostDocument | null {
  if (!document?.orgUnitIds.some((id) => row.orgUnitIds.includes(id))) return null;
  if (!(document.active ? row.includeActive : row.includeInactive)) return null;
  return versionsOf(document, row).length > 0 ? document : null;
}

function versionsOf({ versions }: HostDocument, { excludeSuperseded }: BackupRow): HostDocument['versions'] {
  return versions.filter(({ state }) => !excludeSuperseded || state !== 'superseded');
}

function fileFaults(journal: Journal, row: BackupRow, opened: OpenedArchive): readonly Finding[] {
  const { from, to } = timesOf(row);
  const files = journal.filesOf(row.accountId);
  const slots = opened.documents.flatMap((document) => slotsOf(document, row));
  const included = new Map(opened.files.map((file) => [nameOf(file), file.sha256]));
  const missing = new Map(opened.exceptions.map((exception) => [nameOf(exception), exception.code]));
  const wrong = slots.flatMap((slot) => {
    const there = presence(files.get(slot.fileId), from, to);
    const sha256 = files.get(slot.fileId)?.sha256;
    const found = { sha256: included.get(nameOf(slot)), exception: missing.get(nameOf(slot)) };
    const isIncluded = found.sha256 !== undefined && found.exception === undefined && found.sha256 === sha256;
    const isMissing = found.sha256 === undefined && found.exception === MISSING;
    if (there === 'there' ? isIncluded : isMissing || (there === 'either' && isIncluded)) return [];
    return [finding('archive-file-wrong', row, `file ${nameOf(slot)}`, { expected: { there, sha256 }, found })];
  });
  const wanted = new Set(slots.map(nameOf));
  const extra = [...included.keys(), ...missing.keys()].filter((name) => !wanted.has(name));
  const doubled = opened.files.length - included.size;
  return [
    ...wrong,
    ...extra.map((name) => finding('archive-file-extra', row, `file ${name}`, { expected: null, found: name })),
    ...(doubled > 0 ? [finding('archive-file-doubled', row, 'files', { expected: 0, found: doubled })] : []),
  ];
}

function slotsOf(document: HostDocument, row: BackupRow): readonly Slot[] {
  const { documentId } = document;
  return versionsOf(document, row).flatMap(({ versionId, fileId, attachments }) =>
    [fileId, ...attachments.map((attachment) => attachment.fileId)].map((id) => ({
      documentId,
      versionId,
      fileId: id,
    })),
  );
}

/** The register was read at some time between these. */
function timesOf({ createdAt, completedAt }: BackupRow): { readonly from: number; readonly to: number } {
  return { from: createdAt.getTime(), to: completedAt?.getTime() ?? Infinity };
}

function nameOf({ documentId, versionId, fileId }: Slot): string {
  return `${documentId} ${versionId} ${fileId}`;
}

function finding(
  kind: string,
  { backupId, accountId }: BackupRow,
  what: string,
  { expected, found }: { readonly expected: unknown; readonly found: unknown },
): Finding {
  return { kind, what, where: `backup ${backupId} of ${accountId}`, expected, found };
}
