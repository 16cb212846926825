export { BAG_FILES, CHECKPOINT_PATH, DOCUMENTS_FOLDER, PAYLOAD_MANIFEST, TAG_MANIFEST } from './bag-files.js';
export { BAGIT_TXT, bagInfo } from './bagit/bagit.js';
export { manifestLine, payloadManifest, tagManifest, type Checksum } from './bagit/manifest.js';
export { manifestLines, parseManifestLine } from './bagit/manifest-lines.js';
export { PROVENANCE_PATH, provenanceJson, type AuditChainHead } from './bagit/provenance.js';
export { readmeTxt } from './bagit/readme-txt.js';
export { bagRoot } from './layout/bag-root.js';
export { DocumentPlanner } from './layout/document-planner.js';
export { FOLDER_RULE, OrgUnitFolders } from './layout/org-unit-folders.js';
export { DATA_DICTIONARY_PATH, dataDictionary } from './pages/data-dictionary.js';
export { indexPage } from './pages/index-page.js';
export type { ArchiveFacts } from './record/archive-facts.js';
export {
  filesOf,
  unfiled,
  withFailures,
  type ArchivedFile,
  type ArchiveRecord,
  type FileFailure,
  type PlannedDocument,
} from './record/archive-record.js';
export {
  addTallies,
  assertAccountedFor,
  countsOf,
  emptyTally,
  tallyIncluded,
  tallyPlanned,
  tallyUnseen,
  type ArchiveTally,
} from './record/archive-tally.js';
export type { ArchivedScope } from './record/archived-scope.js';
export { rowsOf, type BagText } from './record/bag-text.js';
export { selectVersions } from './record/selection.js';
export { CSV_BOM, csvRow } from './tables/csv.js';
export { csvText } from './tables/csv-table.js';
export { documentsTable } from './tables/documents-csv.js';
export { documentsJsonl } from './tables/documents-jsonl.js';
export { exceptionsTable, filesTable } from './tables/files-csv.js';
export { versionsTable } from './tables/versions-csv.js';
