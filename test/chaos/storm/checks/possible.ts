import type { Attempt, DocumentDeed, FileEntry } from '../journal.js';
import type { HostDocument } from '../world.js';

/**
 * What a document may have been at some moment from `from` to `to`: null where it may have been absent. What was
 * acknowledged before counts until something else is; a deed of unknown effect may happen at any time after it was
 * sent.
 */
export function possibleValues(
  deeds: readonly DocumentDeed[],
  from: number,
  to: number,
): readonly (HostDocument | null)[] {
  const before = deeds.findLast(({ effect, doneAt }) => effect === 'done' && doneAt <= from);
  const others = deeds.filter(({ effect, sentAt, doneAt }) => {
    if (effect === 'refused' || sentAt > to) return false;
    return effect === 'unknown' || doneAt > from;
  });
  return [before?.value ?? null, ...others.map(({ value }) => value)];
}

/** Whether a content was certainly there at that moment, certainly not by then, or one does not know. */
export function presence(file: FileEntry | undefined, from: number, to: number): 'there' | 'absent' | 'either' {
  const attempts = file?.attempts ?? [];
  if (attempts.some(({ effect, doneAt }) => effect === 'done' && doneAt <= from)) return 'there';
  return attempts.some((attempt) => mayHaveHappenedBy(attempt, to)) ? 'either' : 'absent';
}

function mayHaveHappenedBy({ effect, sentAt }: Attempt, to: number): boolean {
  return effect !== 'refused' && sentAt <= to;
}
