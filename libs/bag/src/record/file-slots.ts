import type { ArchivedVersion } from './archived-document.js';
import type { FileKind } from './archive-record.js';

/** One place where a version names a file; the same file may stand in several. */
export interface FileSlot {
  readonly version: ArchivedVersion;
  readonly fileId: string;
  readonly kind: FileKind;
  readonly originalName: string;
  readonly mediaType: string | null;
  /** Unique within a document and stable: what a suffix is made from. */
  readonly seed: string;
}

/** The files of these versions: of each its main file, then its attachments, in registered order. */
export function fileSlots(versions: readonly ArchivedVersion[]): readonly FileSlot[] {
  return versions.flatMap((version) => [...mainSlot(version), ...attachmentSlots(version)]);
}

function mainSlot(version: ArchivedVersion): readonly FileSlot[] {
  const { versionId, fileId, fileName, mediaType } = version;
  if (!fileId) return [];
  const seed = `${versionId}/main/${fileId}`;
  return [{ version, fileId, kind: 'main', originalName: fileName ?? '', mediaType: mediaType ?? null, seed }];
}

function attachmentSlots(version: ArchivedVersion): readonly FileSlot[] {
  return version.attachments.map(({ fileId, fileName, mediaType }, at) => ({
    version,
    fileId,
    kind: 'attachment',
    originalName: fileName,
    mediaType: mediaType ?? null,
    seed: `${version.versionId}/${at}/${fileId}`,
  }));
}
