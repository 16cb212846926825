import type { PlannedDocument } from '@account-backups/bag';

const LINE_END = 0x0a;

/** The documents in a segment's plan, which has one JSON object per line. Memory: one document. */
export function* plannedRecords(plan: Buffer): Generator<PlannedDocument> {
  let start = 0;
  while (start < plan.length) {
    const end = plan.indexOf(LINE_END, start);
    const stop = end < 0 ? plan.length : end;
    yield JSON.parse(plan.toString('utf8', start, stop)) as PlannedDocument;
    start = stop + 1;
  }
}
