import { createHash } from 'node:crypto';
import { createReadStream } from 'node:fs';
import { pipeline } from 'node:stream/promises';
import { isDeepStrictEqual } from 'node:util';
import type { RegisteredDocument } from '@account-backups/contracts';
import type { FolderFile } from './folder.js';
import { importedDocument, type ImportDefaults } from './imported-document.js';
import { earlierImportIds, importIds, type ImportIds } from './imported-ids.js';
import type { Register } from './register.js';

export interface ImportTarget {
  readonly register: Register;
  readonly defaults: ImportDefaults;
  /** Only tells what would be done. */
  readonly dryRun: boolean;
}

export type Outcome = 'created' | 'updated' | 'unchanged';

/**
 * Sends a file and registers its document, unless both are known. Safe to repeat: ids derive from path and content. The
 * file goes first, so that no backup finds a document whose file is still on its way.
 */
export async function importFile(file: FolderFile, { register, defaults, dryRun }: ImportTarget): Promise<Outcome> {
  const sha256 = await sha256Of(file.location);
  const wanted = (ids: ImportIds) => importedDocument(file, file.metadata, defaults, ids);
  const { ids, known } = await knownAs(file, sha256, { register, defaults });
  const document = wanted(ids);
  const isStored = known !== undefined && (await register.sha256Of(ids.fileId)) === sha256;
  const isRegistered = known !== undefined && isDeepStrictEqual(toldOf(known), toldOf(document));
  if (isStored && isRegistered) return 'unchanged';
  if (!dryRun) {
    if (!isStored) await register.putFile(ids.fileId, file.location, sha256);
    await register.putDocument(document);
  }
  return known === undefined ? 'created' : 'updated';
}

interface Known {
  readonly ids: ImportIds;
  readonly known: RegisteredDocument | undefined;
}

/**
 * The document of this `--org-unit` and path; else one from before the OU belonged to the identity, if it is filed
 * where this one would be.
 */
async function knownAs(
  file: FolderFile,
  sha256: string,
  { register, defaults }: Pick<ImportTarget, 'register' | 'defaults'>,
): Promise<Known> {
  const ids = importIds({ orgUnitId: defaults.orgUnitId, path: file.identityPath }, sha256);
  const known = await register.document(ids.documentId);
  if (known) return { ids, known };
  const earlierIds = earlierImportIds(file.path, sha256);
  const earlier = await register.document(earlierIds.documentId);
  const orgUnitIds = importedDocument(file, file.metadata, defaults, ids).orgUnitIds;
  const isOurs = earlier?.orgUnitIds.some((orgUnitId) => orgUnitIds.includes(orgUnitId)) === true;
  return isOurs ? { ids: earlierIds, known: earlier } : { ids, known: undefined };
}

/** Without what is left open: a field that is null says no more than one that is missing. */
function toldOf(value: unknown): unknown {
  return JSON.parse(JSON.stringify(value, (_key, each: unknown) => (each === null ? undefined : each)));
}

async function sha256Of(location: string): Promise<string> {
  const hash = createHash('sha256');
  await pipeline(createReadStream(location), hash);
  return hash.digest('hex');
}
