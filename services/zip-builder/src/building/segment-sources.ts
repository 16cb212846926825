import { KIB } from '@account-backups/contracts';
import { filesOf, type ArchivedFile, type FileFailure, type PlannedDocument } from '@account-backups/bag';
import type { ObjectStore } from '@account-backups/object-store';
import type { EntrySource } from '@account-backups/zip';

/** A file of the plan as the ZIP engine takes it. */
export interface PlannedSource extends EntrySource {
  /** From the bag's root. */
  readonly path: string;
}

/** The files of a planned segment without those that have failed, opened when they are needed. */
export async function* segmentSources(
  store: ObjectStore,
  { records, bagRoot }: { readonly records: () => Iterable<PlannedDocument>; readonly bagRoot: string },
  { failures, signal }: { readonly failures: ReadonlyMap<string, FileFailure>; readonly signal: AbortSignal },
): AsyncGenerator<PlannedSource> {
  for (const planned of records()) {
    for (const file of filesOf(planned)) {
      signal.throwIfAborted();
      if (!failures.has(file.path)) yield sourceOf(store, file, { bagRoot, signal });
    }
  }
}

function sourceOf(
  store: ObjectStore,
  file: ArchivedFile,
  { bagRoot, signal }: { readonly bagRoot: string; readonly signal: AbortSignal },
): PlannedSource {
  const { path, sizeBytes, sha256, crc32, mediaType, objectKey } = file;
  return {
    path,
    name: `${bagRoot}/${path}`,
    modifiedAt: new Date(file.modifiedAt),
    sizeBytes,
    crc32,
    sha256,
    ...(mediaType !== null && { mediaType }),
    content: () => contentOf(store, { objectKey, sizeBytes }, signal),
  };
}

/** Contents up to this size are read into one buffer; several larger ones at a time would need too much memory. */
const MAX_WHOLE_BYTES = 256 * KIB;

async function* contentOf(
  store: ObjectStore,
  { objectKey, sizeBytes }: { readonly objectKey: string; readonly sizeBytes: number },
  signal: AbortSignal,
): AsyncGenerator<Buffer> {
  // Asking for one byte more than was registered shows a content that grew.
  if (sizeBytes <= MAX_WHOLE_BYTES) yield await store.getStart(objectKey, sizeBytes + 1, { signal });
  else yield* (await store.get(objectKey, { signal })) as AsyncIterable<Buffer>;
}
