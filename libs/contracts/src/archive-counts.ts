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
 * What became of all that lay in an archive's scope, as its `provenance.json` has it: in each line expected is included,
 * excluded and exceptions together.
 */
export const archiveCounts = z.strictObject({ documents: accounted, versions: accounted, files: accounted });
export type ArchiveCounts = z.infer<typeof archiveCounts>;
