import type { RegisteredVersion } from '@account-backups/contracts';
import type { FileKind } from './archive-record.js';

/** One place where a version names a file; the same file may be named in several. */
export interface FileSlot {
  readonly version: RegisteredVersion;
  readonly fileId: string;
  readonly kind: FileKind;
  readonly originalName: string;
  readonly mediaType: string | null;
  /** Unique within a document, and stable: suffixes are made from it. */
  readonly seed: string;
}

/** The files of these versions: of each its main file, then its attachments, in registered order. */
export function fileSlots(versions: readonly RegisteredVersion[]): readonly FileSlot[] {
  return versions.flatMap((version) => [...mainSlot(version), ...attachmentSlots(version)]);
}

function mainSlot(version: RegisteredVersion): readonly FileSlot[] {
  const { versionId, fileId, fileName, mediaType } = version;
  if (!fileId) return [];
  const seed = `${versionId}/main/${fileId}`;
  return [{ version, fileId, kind: 'main', originalName: fileName ?? '', mediaType: mediaType ?? null, seed }];
}

function attachmentSlots(version: RegisteredVersion): readonly FileSlot[] {
  return version.attachments.map(({ fileId, fileName, mediaType }, at) => ({
    version,
    fileId,
    kind: 'attachment',
    originalName: fileName,
    mediaType: mediaType ?? null,
    seed: `${version.versionId}/${at}/${fileId}`,
  }));
}
