import type { RegisteredDocument } from '@account-backups/contracts';

export interface WavedDocument {
  readonly document: RegisteredDocument;
  /** Where it stands in the batch; before it those whose place it takes there already. */
  readonly at: readonly number[];
}

/**
 * A batch as waves that have no id twice. Written one after the other they leave what the documents would leave, one
 * after the other. Of an id's neighbours with the same revision, or without one, only the last is written.
 */
export function wavesOf(documents: readonly RegisteredDocument[]): readonly (readonly WavedDocument[])[] {
  const states = new Map<string, WavedDocument[]>();
  const waves: WavedDocument[][] = [];
  for (const [at, document] of documents.entries()) {
    const known = states.get(document.documentId) ?? [];
    states.set(document.documentId, known);
    const last = known.at(-1);
    if (last && revisionOf(last.document) === revisionOf(document)) {
      known[known.length - 1] = { document, at: [...last.at, at] };
    } else known.push({ document, at: [at] });
  }
  for (const known of states.values()) {
    for (const [wave, state] of known.entries()) (waves[wave] ??= []).push(state);
  }
  return waves;
}

const revisionOf = ({ revision }: RegisteredDocument): number | null => revision ?? null;
