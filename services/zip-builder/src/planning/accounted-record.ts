import { assertAccountedFor, tallyIncluded, type ArchiveRecord, type DocumentPlanner } from '@account-backups/bag';
import { AppError } from '@account-backups/contracts';

/**
 * The record of one document. Throws `SOURCE_UNUSABLE`, which names it, when it has no place in an archive, or not all
 * of it would be accounted for there: no attempt could mend that.
 */
export function accountedRecord(
  planner: Pick<DocumentPlanner, 'plan'>,
  planned: Parameters<DocumentPlanner['plan']>[0],
): ArchiveRecord {
  try {
    const record = planner.plan(planned);
    assertAccountedFor(tallyIncluded(record));
    return record;
  } catch (cause) {
    const { documentId, index } = planned.document;
    const fault = cause instanceof Error ? cause.message : String(cause);
    throw new AppError('SOURCE_UNUSABLE', fault, { cause, details: { documentId, index } });
  }
}
