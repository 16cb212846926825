import { DATA_DICTIONARY_PATH } from './pages/data-dictionary.js';
import { PROVENANCE_PATH } from './bagit/provenance.js';

/** Below which, from the bag's root, the documents' files lie. */
export const DOCUMENTS_FOLDER = 'data/documents/';

export const PAYLOAD_MANIFEST = 'manifest-sha256.txt';
export const TAG_MANIFEST = 'tagmanifest-sha256.txt';

/** The audit's chain when the archive was made; in the clear in encrypted archives, too. */
export const CHECKPOINT_PATH = 'metadata/audit-checkpoint.txt';

/** What every bag holds besides the documents' files: exactly these. From the bag's root. */
export const BAG_FILES: readonly string[] = [
  'data/index.html',
  'data/metadata/documents.csv',
  'data/metadata/versions.csv',
  'data/metadata/files.csv',
  'data/exceptions.csv',
  'data/metadata/documents.jsonl',
  DATA_DICTIONARY_PATH,
  PROVENANCE_PATH,
  PAYLOAD_MANIFEST,
  'bagit.txt',
  'bag-info.txt',
  'README.txt',
  CHECKPOINT_PATH,
  TAG_MANIFEST,
];
