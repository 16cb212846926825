import { basename, extname } from 'node:path/posix';
import { AppError, parse, registeredDocument, type RegisteredDocument } from '@account-backups/contracts';
import mime from 'mime';
import type { ImportIds } from './imported-ids.js';
import type { FileMetadata } from './metadata.js';

const FIRST_MS = Date.parse('0000-01-01T00:00:00.000Z');
const LAST_MS = Date.parse('9999-12-31T23:59:59.999Z');
const MAX_INDEX_LENGTH = 100;

interface ImportedFile {
  /** Relative to the folder, with `/`. */
  readonly path: string;
  /** Since 1970; a disk may say any number. */
  readonly modifiedMs: number;
}

export interface ImportDefaults {
  readonly orgUnitId: string;
  readonly type: string;
}

/**
 * The controlled document that a file becomes: one version, by default authorised, named after the file.
 * Throws `VALIDATION_FAILED` with every fault of its metadata.
 */
export function importedDocument(
  file: ImportedFile,
  metadata: FileMetadata,
  defaults: ImportDefaults,
  { documentId, versionId, fileId }: ImportIds,
): RegisteredDocument {
  const fileName = shown(basename(file.path));
  const stem = basename(fileName, extname(fileName));
  const { version, state, createdAt, authorisedAt, authorisedBy, mediaType, orgUnits, ...fields } = metadata;
  const when = createdAt ?? timeOf(file.modifiedMs).toISOString();
  const document = {
    ...fields,
    documentId,
    index: fields.index ?? firstOf(stem),
    title: fields.title ?? stem,
    type: fields.type ?? defaults.type,
    orgUnitIds: orgUnits ?? [defaults.orgUnitId],
    versions: [
      {
        versionId,
        number: version ?? '1.0',
        state: state ?? 'authorised',
        createdAt: instantOf(when),
        authorisedAt: authorisedAt === undefined ? null : instantOf(authorisedAt),
        authorisedBy: authorisedBy ?? null,
        fileId,
        fileName,
        mediaType: mediaType ?? mediaTypeOf(fileName),
      },
    ],
  };
  return parse(registeredDocument, document, file.path);
}

/** The nearest time that the register takes. */
function timeOf(milliseconds: number): Date {
  return new Date(Math.min(Math.max(milliseconds, FIRST_MS), LAST_MS));
}

/** As much of a name as an index may have, without half a character at its end. */
function firstOf(stem: string): string {
  return stem.slice(0, MAX_INDEX_LENGTH).replace(/[\ud800-\udbff]$/, '');
}

/** A bare day means its first instant in UTC. */
function instantOf(value: unknown): unknown {
  return typeof value === 'string' && /^\d{4}-\d\d-\d\d$/.test(value) ? `${value}T00:00:00.000Z` : value;
}

/** Linux allows names with control characters; the register does not. */
function shown(fileName: string): string {
  if (!fileName.isWellFormed()) throw new AppError('VALIDATION_FAILED', 'the file name is not UTF-8');
  return fileName.replace(/\p{Cc}/gu, '_');
}

/** As a path, for a bare `pdf` would pass for an ending. */
function mediaTypeOf(fileName: string): string {
  return mime.getType(`/${fileName}`) ?? 'application/octet-stream';
}
