import type { FileFailure } from '@account-backups/bag';
import { AppError } from '@account-backups/contracts';
import { ZipError, type ZipErrorCode } from '@account-backups/zip';

const changed: ReadonlySet<ZipErrorCode> = new Set([
  'SOURCE_SHORT',
  'SOURCE_LONG',
  'SOURCE_CRC_MISMATCH',
  'SOURCE_HASH_MISMATCH',
  'ENTRY_SIZE_CHANGED',
]);

/**
 * What went wrong with one file: the file itself (an exception in the archive), or the store (worth a retry). A `lost`
 * one is an exception only if the store still does not have it.
 */
type SourceFailure =
  | { readonly kind: 'file' | 'lost'; readonly failure: FileFailure }
  | { readonly kind: 'store'; readonly failure: FileFailure; readonly error: unknown };

/** Sorts an error that named its entry. Anything that is not about a source is thrown again. */
export function sourceFailure(error: ZipError): SourceFailure {
  if (changed.has(error.code)) {
    return file('CONTENT_CHANGED', 'The stored content is not what came in: size or checksum differ.');
  }
  if (ZipError.is(error, 'INVALID_NAME', 'INVALID_ENTRY')) {
    return file('CONTENT_UNUSABLE', 'The file cannot be written into a ZIP as it is registered.');
  }
  if (ZipError.is(error, 'SOURCE_READ_FAILED')) return readFailure(error);
  throw error;
}

function readFailure({ cause }: ZipError): SourceFailure {
  if (AppError.is(cause, 'OBJECT_NOT_FOUND', 'OBJECT_RANGE_INVALID')) {
    const message = 'The content came in once, but the object store has it no more.';
    return { kind: 'lost', failure: { code: 'CONTENT_LOST', message } };
  }
  const failure = { code: 'CONTENT_UNREADABLE', message: 'The content could not be read to its end, several times.' };
  return { kind: 'store', failure, error: cause };
}

function file(code: string, message: string): SourceFailure {
  return { kind: 'file', failure: { code, message } };
}
