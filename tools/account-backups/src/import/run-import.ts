import { AppError, type ErrorCode } from '@account-backups/contracts';
import { eachOf } from '../each-of.js';
import type { FolderFile } from './folder.js';
import { importFile, type ImportTarget } from './import-file.js';

export interface ImportFailure {
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

/** What the next file would meet as well. */
const FATAL: readonly ErrorCode[] = ['UNAUTHENTICATED', 'SCOPE_MISSING', 'NOT_FOUND', 'UNAVAILABLE'];

/** Imports all files, four at a time; a file that fails is remembered and the others go on. Throws what stops them all. */
export async function runImport(
  files: readonly FolderFile[],
  target: ImportTarget,
  onDone: (file: FolderFile) => void,
): Promise<ImportSummary> {
  const failed: ImportFailure[] = [];
  let sizeBytes = 0;
  await eachOf(files, CONCURRENCY, async (file) => {
    try {
      await importFile(file, target);
      sizeBytes += file.sizeBytes;
    } catch (error) {
      if (AppError.is(error, ...FATAL)) throw error;
      failed.push(failureOf(file, error));
    }
    onDone(file);
  });
  return { imported: files.length - failed.length, sizeBytes, failed };
}

function failureOf({ path }: FolderFile, error: unknown): ImportFailure {
  if (error instanceof AppError) return { path, code: error.code, message: error.message };
  return { path, code: 'SOURCE_UNUSABLE', message: error instanceof Error ? error.message : String(error) };
}
