import type { GetOptions, ObjectStore } from '@account-backups/object-store';
import { joinedChunks } from '@account-backups/zip';

/** A whole stored object, or a range of it, in memory. */
export async function storedBytes(
  store: Pick<ObjectStore, 'get'>,
  key: string,
  options: GetOptions = {},
): Promise<Buffer> {
  return joinedChunks((await store.get(key, options)) as AsyncIterable<Buffer>);
}
