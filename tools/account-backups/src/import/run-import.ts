import { AppError, hostId, type ErrorCode } from '@account-backups/contracts';
import pMap from 'p-map';
import type { Folder, FolderFile } from './folder.js';
import { importFile, type ImportTarget, type Outcome } from './import-file.js';
import { importedDocument } from './imported-document.js';
import { importIds } from './imported-ids.js';
import type { ImportFailure, ImportSummary } from './summary.js';

const CONCURRENCY = 4;
const MAX_FAULTS = 1_000;

/** Faults that every other file would meet too. */
const FATAL: readonly ErrorCode[] = ['UNAUTHENTICATED', 'SCOPE_MISSING', 'NOT_FOUND', 'UNAVAILABLE'];

/** Throws `VALIDATION_FAILED` with all that is wrong with a folder's metadata and the OUs that it names. */
export async function checkFolder({ files, faults }: Folder, { register, defaults }: ImportTarget): Promise<void> {
  const found = [...faults, ...files.flatMap((file) => metadataFaults(file, defaults))];
  const namedBy = new Map([[defaults.orgUnitId, '--org-unit']]);
  for (const { metadata, source } of files) {
    const { orgUnits } = metadata;
    for (const id of Array.isArray(orgUnits) ? orgUnits : []) {
      if (hostId.safeParse(id).success && !namedBy.has(id)) namedBy.set(id, `${source}: org_units`);
    }
  }
  const orgUnitFaults = await pMap(
    namedBy,
    async ([orgUnitId, where]) => {
      const fault = await register.orgUnitFault(orgUnitId);
      return fault === undefined ? [] : [`${where}: ${fault}`];
    },
    { concurrency: CONCURRENCY },
  );
  refuse([...found, ...orgUnitFaults.flat()]);
}

function metadataFaults(file: FolderFile, defaults: ImportTarget['defaults']): readonly string[] {
  const ids = importIds({ orgUnitId: defaults.orgUnitId, path: file.identityPath }, '');
  try {
    importedDocument(file, file.metadata, defaults, ids);
    return [];
  } catch (error) {
    if (!AppError.is(error, 'VALIDATION_FAILED')) throw error;
    return (error.errors ?? []).map(
      ({ path, message }) => `${file.source}: ${path.replace(/^versions\[0\]\./, '')}: ${message}`,
    );
  }
}

function refuse(faults: readonly string[]): void {
  const [first] = faults;
  if (first === undefined) return;
  const errors = faults.slice(0, MAX_FAULTS).map((fault) => ({ path: 'metadata', message: fault }));
  const more = faults.length > 1 ? ` (and ${faults.length - 1} more faults)` : '';
  throw new AppError('VALIDATION_FAILED', `nothing was sent: ${first}${more}`, { errors });
}

/**
 * Imports all files, four at a time; one that fails is listed and the others go on. Throws a fault that stops all.
 * `onDone` hears of each file.
 */
export async function runImport(
  { files, leftOut, failed: unnamed }: Folder,
  target: ImportTarget,
  onDone: (file: FolderFile) => void,
): Promise<ImportSummary> {
  const failed: ImportFailure[] = [...unnamed];
  const counts: Record<Outcome, number> = { created: 0, updated: 0, unchanged: 0 };
  let sizeBytes = 0;
  const importOne = async (file: FolderFile) => {
    try {
      counts[await importFile(file, target)] += 1;
      sizeBytes += file.sizeBytes;
    } catch (error) {
      if (AppError.is(error, ...FATAL)) throw error;
      failed.push(failureOf(file, error));
    }
    onDone(file);
  };
  await pMap(files, importOne, { concurrency: CONCURRENCY });
  return { dryRun: target.dryRun, files: files.length + unnamed.length, ...counts, leftOut, failed, sizeBytes };
}

function failureOf({ path }: FolderFile, error: unknown): ImportFailure {
  if (error instanceof AppError) return { path, code: error.code, message: error.message };
  return { path, code: 'SOURCE_UNUSABLE', message: error instanceof Error ? error.message : String(error) };
}
