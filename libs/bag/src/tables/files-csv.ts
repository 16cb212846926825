import type { ArchivedFile, ArchiveException } from '../record/archive-record.js';
import type { CsvTable } from './csv-table.js';

interface FileRow {
  readonly documentId: string;
  readonly file: ArchivedFile;
}

/** `files.csv`: a line for each file below `data/documents/`. */
export const filesTable: CsvTable<FileRow> = {
  path: 'data/metadata/files.csv',
  about: 'A line for each document file in this archive.',
  rowsOf: ({ document, files }) => files.map((file) => ({ documentId: document.documentId, file })),
  columns: [
    { name: 'path', meaning: 'Where it lies, from the top folder of the archive.', value: (r) => r.file.path },
    { name: 'document_id', meaning: 'The document that it belongs to.', value: (r) => r.documentId },
    { name: 'version_id', meaning: 'The version that it belongs to.', value: (r) => r.file.versionId },
    { name: 'file_id', meaning: 'The file’s id in the source system.', value: (r) => r.file.fileId },
    { name: 'kind', meaning: 'main or attachment.', value: (r) => r.file.kind },
    { name: 'original_name', meaning: 'Its name as registered.', value: (r) => r.file.originalName },
    { name: 'media_type', meaning: 'Its media type as registered.', value: (r) => r.file.mediaType },
    { name: 'size_bytes', meaning: 'Its size in bytes.', value: (r) => r.file.sizeBytes },
    { name: 'sha256', meaning: 'SHA-256 of its content in hex.', value: (r) => r.file.sha256 },
  ],
};

/** `exceptions.csv`: a line for each file, and each document, that could not be included; or the header alone. */
export const exceptionsTable: CsvTable<ArchiveException> = {
  path: 'data/exceptions.csv',
  about: 'A line for each thing that could not be included; no line when nothing is missing.',
  rowsOf: ({ exceptions }) => exceptions,
  absentRowOf: (exception) => exception,
  columns: [
    { name: 'document_id', meaning: 'The document concerned.', value: (r) => r.documentId },
    {
      name: 'version_id',
      meaning: 'The version concerned; empty where a whole document is missing.',
      value: (r) => r.versionId,
    },
    { name: 'file_id', meaning: 'The file concerned.', value: (r) => r.fileId },
    { name: 'original_name', meaning: 'The file’s name as registered.', value: (r) => r.originalName },
    {
      name: 'code',
      meaning: 'Why, in a word that stays the same, such as FILE_MISSING or ORG_UNIT_UNKNOWN.',
      value: (r) => r.code,
    },
    { name: 'message', meaning: 'Why, in a sentence.', value: (r) => r.message },
  ],
};
