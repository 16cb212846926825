interface Walked {
  readonly documentId: string;
  readonly pageBytes: number;
}

interface CutPage {
  readonly documentIds: readonly string[];
  /** The last document of this page if another page follows. */
  readonly nextDocumentId: string | null;
}

/**
 * Takes at most `limit` documents and about `maxBytes`, but at least one: a page must fit a message, and one document
 * that alone is larger must not stop the walk.
 */
export function cutPage(walked: readonly Walked[], limit: number, maxBytes: number): CutPage {
  const documentIds: string[] = [];
  let bytes = 0;
  for (const { documentId, pageBytes } of walked) {
    bytes += pageBytes;
    if (documentIds.length === limit || (bytes > maxBytes && documentIds.length > 0)) break;
    documentIds.push(documentId);
  }
  return { documentIds, nextDocumentId: documentIds.length < walked.length ? (documentIds.at(-1) ?? null) : null };
}
