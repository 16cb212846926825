// Turns an ordinary document into an unusual one.
import type { DemoDocument, DemoFile } from '../demo-account.js';

interface OtherFile {
  readonly fileName: string;
  readonly mediaType: string;
  readonly make: DemoFile['make'];
}

/** Its newest version has this file instead. */
export function withNewestFile({ document, files }: DemoDocument, other: OtherFile): DemoDocument {
  const versions = document.versions ?? [];
  const newest = versions.at(-1);
  const changed = versions.map((version) =>
    version === newest ? { ...version, fileName: other.fileName, mediaType: other.mediaType } : version,
  );
  return {
    document: { ...document, versions: changed },
    files: files.map((file) =>
      file.fileId === newest?.fileId ? { fileId: file.fileId, fileName: other.fileName, make: other.make } : file,
    ),
  };
}

/** The file of its newest version never comes. */
export function withMissingFile({ document, files }: DemoDocument): DemoDocument {
  const missing = document.versions?.at(-1)?.fileId;
  return { document, files: files.filter(({ fileId }) => fileId !== missing) };
}

/** Each version is a link; no file belongs to it. */
export function asExternal({ document }: DemoDocument, externalUrl: string): DemoDocument {
  const versions = (document.versions ?? []).map((version) => ({
    ...version,
    fileId: null,
    fileName: null,
    mediaType: null,
    externalUrl,
    attachments: [],
  }));
  return { document: { ...document, type: 'External Document', versions }, files: [] };
}
