import { FilesystemStore } from './filesystem/filesystem.store.js';
import type { ObjectStore } from './object-store.js';
import { S3Store } from './s3/s3.store.js';
import { parseStoreUrl } from './store-url.js';

/**
 * The store that a URL names: `file:///absolute/folder` or `s3://KEY:SECRET@host:port/bucket?tls=0&region=…`.
 * With `storeId` only the store of this identity is taken, else the first one that is seen. Throws
 * `CONFIGURATION_INVALID` without repeating the URL. Nothing is connected yet.
 */
export function openObjectStore(url: string, { storeId }: { readonly storeId?: string } = {}): ObjectStore {
  const address = parseStoreUrl(url);
  switch (address.kind) {
    case 'filesystem':
      return new FilesystemStore(address.root, storeId);
    case 's3':
      return new S3Store(address, storeId);
  }
}
