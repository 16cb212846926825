export interface Walked {
  readonly documentId: string;
  readonly pageBytes: number;
}

export interface CutPage {
  readonly documentIds: readonly string[];
  /** The last document of this page where there is another page after it. */
  readonly nextDocumentId: string | null;
}

/**
 * Takes at most `limit` documents and about `mostBytes`, but at least one: a page must fit a message, and one document
 * that alone is larger must not stop the walk.
 */
export function cutPage(walked: readonly Walked[], limit: number, mostBytes: number): CutPage {
  const documentIds: string[] = [];
  let bytes = 0;
  for (const { documentId, pageBytes } of walked) {
    bytes += pageBytes;
    if (documentIds.length === limit || (bytes > mostBytes && documentIds.length > 0)) break;
    documentIds.push(documentId);
  }
  return { documentIds, nextDocumentId: documentIds.length < walked.length ? (documentIds.at(-1) ?? null) : null };
}
