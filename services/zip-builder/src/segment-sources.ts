import type { ArchivedFile, ArchiveRecord, FileFailure } from '@account-backups/bag';
import type { ObjectStore } from '@account-backups/object-store';
import type { EntrySource } from '@account-backups/zip';

/** A file of the plan as the ZIP engine takes it. */
export interface PlannedSource extends EntrySource {
  /** From the bag's root. */
  readonly path: string;
}

/** The files of a planned segment less those that failed already, opened when they are needed. */
export async function* segmentSources(
  store: ObjectStore,
  { records, bagRoot }: { readonly records: () => Iterable<ArchiveRecord>; readonly bagRoot: string },
  { failures, signal }: { readonly failures: ReadonlyMap<string, FileFailure>; readonly signal: AbortSignal },
): AsyncGenerator<PlannedSource> {
  for (const { files } of records()) {
    for (const file of files) {
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
    content: () => contentOf(store, objectKey ?? '', signal),
  };
}

async function* contentOf(store: ObjectStore, objectKey: string, signal: AbortSignal): AsyncGenerator<Buffer> {
  yield* (await store.get(objectKey, { signal })) as AsyncIterable<Buffer>;
}
