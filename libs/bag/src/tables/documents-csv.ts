import type { OrgUnitFolders } from '../layout/org-unit-folders.js';
import type { ArchiveRecord } from '../record/archive-record.js';
import { csvList } from './csv.js';
import type { CsvTable } from './csv-table.js';
import { isoWithOffset } from './iso-time.js';

/** `documents.csv`: a line for each document of the archive, with every registered field. */
export function documentsTable(folders: OrgUnitFolders): CsvTable<ArchiveRecord> {
  return {
    path: 'data/metadata/documents.csv',
    about: 'A line for each document of this archive.',
    rowsOf: (record) => [record],
    columns: [
      { name: 'document_id', meaning: 'The document’s id in the source system.', value: (r) => r.document.documentId },
      { name: 'index', meaning: 'Its number.', value: (r) => r.document.index },
      { name: 'title', meaning: 'Its whole title.', value: (r) => r.document.title },
      { name: 'type', meaning: 'Kind of document, such as SOP.', value: (r) => r.document.type },
      { name: 'category', meaning: 'Category, if it has one.', value: (r) => r.document.category },
      { name: 'section', meaning: 'Section, if it has one.', value: (r) => r.document.section },
      { name: 'active', meaning: 'true or false.', value: (r) => r.document.active },
      {
        name: 'org_unit_ids',
        meaning: 'Ids of all organisational units that it is filed in.',
        value: (r) => csvList(r.document.orgUnitIds),
      },
      {
        name: 'org_units',
        meaning: 'Those of them that this archive covers, by path; the document is stored under the first.',
        value: (r) => csvList(r.orgUnitIds.map((orgUnitId) => folders.namesOf(orgUnitId).join(' > '))),
      },
      { name: 'owners', meaning: 'Owners.', value: (r) => csvList(r.document.owners) },
      { name: 'authors', meaning: 'Authors.', value: (r) => csvList(r.document.authors) },
      {
        name: 'review_frequency_months',
        meaning: 'Months between reviews.',
        value: (r) => r.document.reviewFrequencyMonths,
      },
      {
        name: 'next_review_at',
        meaning: 'Day or time of the next review.',
        value: (r) => isoWithOffset(r.document.nextReviewAt),
      },
      { name: 'version_count', meaning: 'Versions in this archive.', value: (r) => r.versionIds.length },
      { name: 'file_count', meaning: 'Files in this archive.', value: (r) => r.files.length },
      { name: 'revision', meaning: 'Number of this state in the source system.', value: (r) => r.document.revision },
    ],
  };
}
