import type { RegisteredDocument } from '@account-backups/contracts';

/** How often a document names a file: in versions that are current, and in superseded ones. */
interface FileReferences {
  readonly fileId: string;
  readonly current: number;
  readonly superseded: number;
}

/** What a document contributes to a selection's size, apart from the sizes of its files. */
interface DocumentExtent {
  /** A document that never had a version is not superseded. */
  readonly allSuperseded: boolean;
  readonly files: readonly FileReferences[];
  /** About how many bytes of JSON the document and its files take in a page. */
  readonly pageBytes: number;
}

const FILE_BYTES = 400;

/** A file counts once for each version or attachment that names it: the archive holds it that often. */
export function extentOf(document: RegisteredDocument): DocumentExtent {
  const files = new Map<string, { current: number; superseded: number }>();
  for (const version of document.versions) {
    const state = version.state === 'superseded' ? 'superseded' : 'current';
    for (const fileId of filesOf(version)) {
      const references = files.get(fileId) ?? { current: 0, superseded: 0 };
      references[state] += 1;
      files.set(fileId, references);
    }
  }
  return {
    allSuperseded: document.versions.length > 0 && document.versions.every(({ state }) => state === 'superseded'),
    files: [...files].map(([fileId, references]) => ({ fileId, ...references })),
    pageBytes: Buffer.byteLength(JSON.stringify(document)) + files.size * FILE_BYTES,
  };
}

function filesOf(version: RegisteredDocument['versions'][number]): string[] {
  const attached = version.attachments.map(({ fileId }) => fileId);
  return typeof version.fileId === 'string' ? [version.fileId, ...attached] : attached;
}
