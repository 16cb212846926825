import { AppError } from '@account-backups/contracts';
import { ZipError } from '@account-backups/zip';

/** A build fails after this many failed attempts at the same work. */
export const MAX_ATTEMPTS = 8;
/** What reading gave may differ the next time; what was written does not. */
const MAX_READINGS = 3;
/** A fault of ours comes again, unless a moment brought it about. */
const MAX_MISTAKES = 2;

const OURS: ReadonlySet<string> = new Set(['TypeError', 'RangeError', 'SyntaxError', 'ReferenceError']);

/** How often work that ends with this error is tried at most; 1: no other attempt can end otherwise. */
export function attemptsFor(error: unknown): number {
  if (AppError.is(error, 'SOURCE_UNUSABLE', 'ARCHIVE_COUNTS_DIFFER', 'BUILD_TOO_LARGE')) return 1;
  if (AppError.is(error, 'ARCHIVE_UNREADABLE')) return MAX_READINGS;
  if (ZipError.is(error) || (error instanceof Error && OURS.has(error.name))) return MAX_MISTAKES;
  return MAX_ATTEMPTS;
}

/** What the requester reads, up to 1,000 characters: which document is to blame, and what can be done. */
export function messageFor(error: unknown): string {
  if (AppError.is(error, 'SOURCE_UNUSABLE')) {
    const { documentId, index } = error.details ?? {};
    const rest = 'Have it corrected in the system that registers it, then request a new backup.';
    return `Document ${String(index)} (${String(documentId)}) cannot be archived: ${shortened(error.message)}. ${rest}`;
  }
  if (AppError.is(error, 'BUILD_TOO_LARGE')) {
    return 'The archive would be larger than one file in the store may be. Request backups of fewer OUs each.';
  }
  if (AppError.is(error, 'ARCHIVE_UNREADABLE')) {
    return `The finished archive was not what had been written: ${shortened(error.message)}. Request a new backup.`;
  }
  return 'The archive cannot be made, and a new attempt would end in the same way. Tell those who run this service.';
}

const shortened = (text: string): string => (text.length <= 600 ? text : `${text.slice(0, 600).toWellFormed()}…`);
