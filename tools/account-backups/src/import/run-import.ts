import { AppError, type ErrorCode } from '@account-backups/contracts';
import pMap from 'p-map';
import type { FolderFile } from './folder.js';
import { importFile, type ImportTarget } from './import-file.js';

interface ImportFailure {
  readonly path: string;
  readonly code: ErrorCode;
  readonly message: string;
}

export interface ImportSummary {
  readonly imported: number;
  readonly sizeBytes: number;
  readonly failed: readonly ImportFailure[];
}

const CONCURRENCY = 4;

/** Faults that every other file would meet too. */
const FATAL: readonly ErrorCode[] = ['UNAUTHENTICATED', 'SCOPE_MISSING', 'NOT_FOUND', 'UNAVAILABLE'];

/** Imports all files, four at a time; one that fails is listed and the others go on. Throws a fault that stops all. */
export async function runImport(
  files: readonly FolderFile[],
  target: ImportTarget,
  onDone: (file: FolderFile) => void,
): Promise<ImportSummary> {
  const failed: ImportFailure[] = [];
  let sizeBytes = 0;
  const importOne = async (file: FolderFile) => {
    try {
      await importFile(file, target);
      sizeBytes += file.sizeBytes;
    } catch (error) {
      if (AppError.is(error, ...FATAL)) throw error;
      failed.push(failureOf(file, error));
    }
    onDone(file);
  };
  await pMap(files, importOne, { concurrency: CONCURRENCY });
  return { imported: files.length - failed.length, sizeBytes, failed };
}

function failureOf({ path }: FolderFile, error: unknown): ImportFailure {
  if (error instanceof AppError) return { path, code: error.code, message: error.message };
  return { path, code: 'SOURCE_UNUSABLE', message: error instanceof Error ? error.message : String(error) };
}
