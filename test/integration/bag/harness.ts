import { createHash } from 'node:crypto';
import { mkdir, writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import {
  addTallies,
  BAGIT_TXT,
  bagInfo,
  bagRoot,
  CHECKPOINT_PATH,
  csvText,
  DATA_DICTIONARY_PATH,
  dataDictionary,
  DocumentPlanner,
  documentsJsonl,
  documentsTable,
  emptyTally,
  exceptionsTable,
  filesTable,
  indexPage,
  OrgUnitFolders,
  payloadManifest,
  PROVENANCE_PATH,
  provenanceJson,
  readmeTxt,
  tagManifest,
  tallyPlanned,
  unfiled,
  versionsTable,
  type ArchivedScope,
  type ArchiveFacts,
  type ArchiveRecord,
  type BagText,
  type Checksum,
  type PlannedDocument,
} from '@account-backups/bag';
import type { RegisteredDocument, UnfiledDocument } from '@account-backups/contracts';
import { whole } from '../../../libs/bag/src/testing/bag-texts.js';

export interface BagInput {
  readonly documents: readonly RegisteredDocument[];
  readonly scope: ArchivedScope;
  /** The content of each file; a file that is missing here never came. */
  readonly contents: ReadonlyMap<string, Buffer>;
  /** Documents that lie in no known OU. */
  readonly unfiled?: readonly UnfiledDocument[];
}

const account = { accountId: 'northfield', name: 'Northfield <Hospitals>', timeZone: 'Europe/London' };
const asAt = '2025-11-23T16:04:00.000Z';
const backupId = '1a2b3c4d-0000-4000-8000-000000000000';
const builtAt = '2025-11-23T16:05:00.000Z';

/**
 * Writes a whole bag below `parent`, as the zip-builder writes it into a ZIP, and returns its folder and its records.
 */
export async function writeBag(parent: string, { documents, scope, contents, unfiled: lost = [] }: BagInput) {
  const root = bagRoot({ accountId: account.accountId, accountName: account.name, asAt, backupId });
  const folders = new OrgUnitFolders(scope, root);
  const planner = new DocumentPlanner({ bagRoot: root, folders, expectedDocuments: documents.length });
  const contentOf = (fileId: string) => described(fileId, contents.get(fileId));
  const records = documents.map((document) => planner.plan({ document, versions: document.versions, contentOf }));
  const bag = new BagFolder(join(parent, root));
  for (const { path, fileId } of records.flatMap(({ files }) => files)) {
    await bag.write(path, contents.get(fileId) ?? Buffer.alloc(0));
  }
  const planned = [...records, ...lost.map(unfiled)];
  const facts = factsOf(root, planned);
  for (const text of texts(facts, folders)) await bag.write(text.path, whole(text, planned));
  await bag.write(DATA_DICTIONARY_PATH, dataDictionary(facts, folders));
  await bag.write(PROVENANCE_PATH, Array.from(provenanceJson({ facts, scope, folders, builtAt })).join(''));
  await writeTags(bag, facts, records);
  return { folder: bag.folder, records };
}

class BagFolder {
  readonly written: (Checksum & { readonly sizeBytes: number })[] = [];

  constructor(readonly folder: string) {}

  async write(path: string, content: string | Buffer): Promise<void> {
    const target = join(this.folder, path);
    await mkdir(dirname(target), { recursive: true });
    // Fails if two paths are the same file.
    await writeFile(target, content, { flag: 'wx' });
    const sha256 = createHash('sha256').update(content).digest('hex');
    this.written.push({ path, sha256, sizeBytes: Buffer.byteLength(content) });
  }
}

async function writeTags(bag: BagFolder, facts: ArchiveFacts, records: readonly ArchiveRecord[]): Promise<void> {
  const payload = bag.written.filter(({ path }) => path.startsWith('data/'));
  const sizeBytes = payload.reduce((sum, file) => sum + file.sizeBytes, 0);
  const manifest = payloadManifest(payload.filter(({ path }) => !path.startsWith('data/documents/')));
  await bag.write('bagit.txt', BAGIT_TXT);
  await bag.write('bag-info.txt', bagInfo(facts, { sizeBytes, fileCount: payload.length }, builtAt));
  await bag.write('README.txt', readmeTxt(facts));
  await bag.write(CHECKPOINT_PATH, 'a signed note\n');
  await bag.write(manifest.path, whole(manifest, records));
  await bag.write('tagmanifest-sha256.txt', tagManifest(bag.written.filter(({ path }) => !path.startsWith('data/'))));
}

function texts(facts: ArchiveFacts, folders: OrgUnitFolders): readonly BagText[] {
  return [
    indexPage(facts, folders),
    csvText(documentsTable(folders)),
    csvText(versionsTable),
    csvText(filesTable),
    csvText(exceptionsTable),
    documentsJsonl,
  ];
}

function described(fileId: string, content: Buffer | undefined) {
  if (!content) return null;
  const sha256 = createHash('sha256').update(content).digest('hex');
  return { fileId, objectKey: `files/${fileId}`, sizeBytes: content.length, sha256, crc32: 0 };
}

function factsOf(root: string, planned: readonly PlannedDocument[]): ArchiveFacts {
  return {
    bagRoot: root,
    backupId,
    account,
    asAt,
    requestedAt: asAt,
    requestedBy: { userId: 'ada', name: 'Ada Hall' },
    allOrgUnits: true,
    options: { includeActive: true, includeInactive: true, excludeSuperseded: false },
    passwordProtected: false,
    software: { name: 'Account Backups', version: '0.1.0' },
    tally: planned.map(tallyPlanned).reduce(addTallies, emptyTally),
  };
}
