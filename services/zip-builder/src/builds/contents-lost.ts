import type { ArchiveTally } from '@account-backups/bag';
import { AppError } from '@account-backups/contracts';
import type { BuildFacts } from './build-facts.js';

/**
 * Throws `CONTENTS_LOST` for an archive that would hold none of the contents that were planned: that is a fault of the
 * store, not a backup with exceptions.
 */
export function refuseIfAllLost({ sizeBytes }: BuildFacts, { files }: ArchiveTally): void {
  if (sizeBytes === 0 || files.included > 0) return;
  throw new AppError('CONTENTS_LOST', `none of ${files.exceptions} files could be read, expected ${sizeBytes} bytes`);
}

/** What the requester reads then. */
export const CONTENTS_LOST_MESSAGE =
  'None of the files could be read from the store. Tell those who run this service, then request a new backup.';
