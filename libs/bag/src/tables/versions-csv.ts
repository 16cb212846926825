import type { RegisteredVersion } from '@account-backups/contracts';
import type { ArchiveRecord } from '../record/archive-record.js';
import { csvList } from './csv.js';
import type { CsvTable } from './csv-table.js';
import { isoWithOffset } from './iso-time.js';

interface VersionRow {
  readonly documentId: string;
  readonly version: RegisteredVersion;
}

/** `versions.csv`: a line for each version of the archive, with every registered field. */
export const versionsTable: CsvTable<VersionRow> = {
  path: 'data/metadata/versions.csv',
  about: 'A line for each version in this archive.',
  rowsOf: versionRows,
  columns: [
    { name: 'document_id', meaning: 'The document that it is a version of.', value: (r) => r.documentId },
    { name: 'version_id', meaning: 'The version’s id in the source system.', value: (r) => r.version.versionId },
    { name: 'number', meaning: 'Version number; text, so 1.10 is not 1.1.', value: (r) => r.version.number },
    {
      name: 'state',
      meaning: 'draft, awaiting_authorisation, pending_release, authorised or superseded.',
      value: (r) => r.version.state,
    },
    { name: 'created_at', meaning: 'When it was made.', value: (r) => isoWithOffset(r.version.createdAt) },
    { name: 'authorised_at', meaning: 'When it was authorised.', value: (r) => isoWithOffset(r.version.authorisedAt) },
    { name: 'authorised_by', meaning: 'Who authorised it.', value: (r) => r.version.authorisedBy },
    { name: 'file_id', meaning: 'Its main file, if it has one.', value: (r) => r.version.fileId },
    { name: 'file_name', meaning: 'The main file’s name as registered.', value: (r) => r.version.fileName },
    { name: 'media_type', meaning: 'The main file’s media type.', value: (r) => r.version.mediaType },
    { name: 'external_url', meaning: 'Where an external document is kept.', value: (r) => r.version.externalUrl },
    {
      name: 'attachment_file_ids',
      meaning: 'Ids of its attachments.',
      value: (r) => csvList(r.version.attachments.map(({ fileId }) => fileId)),
    },
    {
      name: 'attachment_names',
      meaning: 'Names of its attachments as registered, in the same order.',
      value: (r) => csvList(r.version.attachments.map(({ fileName }) => fileName)),
    },
    {
      name: 'attachment_media_types',
      meaning: 'Media types of its attachments, in the same order; “unknown” where none was given.',
      value: (r) => csvList(r.version.attachments.map(({ mediaType }) => mediaType ?? 'unknown')),
    },
  ],
};

function versionRows({ document, versionIds }: ArchiveRecord): readonly VersionRow[] {
  const included = new Set(versionIds);
  return document.versions
    .filter(({ versionId }) => included.has(versionId))
    .map((version) => ({ documentId: document.documentId, version }));
}
