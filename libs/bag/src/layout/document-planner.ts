import type { FileContent, RegisteredDocument, RegisteredVersion } from '@account-backups/contracts';
import {
  FILE_MISSING,
  type ArchivedFile,
  type ArchiveException,
  type ArchiveRecord,
} from '../record/archive-record.js';
import { fileSlots, type FileSlot } from '../record/file-slots.js';
import { layOut } from './document-layout.js';
import type { OrgUnitFolders } from './org-unit-folders.js';
import { NameFilter, type TakenNames } from './taken-names.js';

interface PlannerOptions {
  /** The bag's top folder: it counts in the length of every path. */
  readonly bagRoot: string;
  readonly folders: OrgUnitFolders;
  /** About how many documents will come; sets the memory for taken names (4 bytes each, fixed). */
  readonly expectedDocuments: number;
}

interface DocumentToPlan {
  readonly document: RegisteredDocument;
  /** The versions that `selectVersions` left. */
  readonly versions: readonly RegisteredVersion[];
  /** The content of a file, or null when it never came. */
  readonly contentOf: (fileId: string) => FileContent | null | undefined;
}

/**
 * Gives documents their places in one archive, one after the other. A name depends on the names before it, so one
 * planner must see all documents in one order (of `documentId`); the same order gives the same paths.
 */
export class DocumentPlanner {
  private readonly taken: TakenNames;

  constructor(private readonly options: PlannerOptions) {
    this.taken = new NameFilter(options.expectedDocuments);
  }

  /** The record of one document: each file that came has a path, each that never came is an exception. */
  plan({ document, versions, contentOf }: DocumentToPlan): ArchiveRecord {
    const { folder, orgUnitIds } = this.options.folders.placementOf(document.orgUnitIds);
    const resolved = fileSlots(versions).map((slot) => ({ slot, content: contentOf(slot.fileId) ?? null }));
    const present = resolved.flatMap(({ slot, content }) => (content ? [{ slot, content }] : []));
    const missing = resolved.flatMap(({ slot, content }) => (content ? [] : [missingFile(document, slot)]));
    const paths = layOut({ document, slots: present.map(({ slot }) => slot), folder, ...this.names() });
    return {
      document,
      orgUnitIds,
      versionIds: versions.map(({ versionId }) => versionId),
      files: present.map(({ slot, content }, at) => archivedFile(slot, content, paths[at] ?? '')),
      exceptions: missing,
    };
  }

  private names() {
    return { bagRoot: this.options.bagRoot, taken: this.taken };
  }
}

function archivedFile(slot: FileSlot, content: FileContent, path: string): ArchivedFile {
  const { sizeBytes, sha256, crc32, objectKey } = content;
  return {
    path,
    versionId: slot.version.versionId,
    fileId: slot.fileId,
    kind: slot.kind,
    originalName: slot.originalName,
    mediaType: slot.mediaType,
    modifiedAt: slot.version.createdAt,
    sizeBytes,
    sha256,
    crc32,
    objectKey,
  };
}

function missingFile({ documentId }: RegisteredDocument, slot: FileSlot): ArchiveException {
  return {
    documentId,
    versionId: slot.version.versionId,
    fileId: slot.fileId,
    originalName: slot.originalName,
    code: FILE_MISSING,
    message: 'The file is registered, but its content was never received.',
  };
}
