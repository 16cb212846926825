import { z } from 'zod';
import { count } from './ids.js';

const accounted = z.strictObject({
  expected: count,
  included: count,
  /** Left out as the request's options say. */
  excluded: z.strictObject({ byActivity: count, asSuperseded: count }),
  exceptions: count,
});

/**
 * What happened to everything in an archive's scope, as its `provenance.json` has it: in each line expected is the sum
 * of included, excluded and exceptions.
 */
export const archiveCounts = z.strictObject({ documents: accounted, versions: accounted, files: accounted });
export type ArchiveCounts = z.infer<typeof archiveCounts>;

/** How many lines its `exceptions.csv` has: files, and whole documents. */
export function exceptionCountOf({ documents, files }: Pick<ArchiveCounts, 'documents' | 'files'>): number {
  return documents.exceptions + files.exceptions;
}
