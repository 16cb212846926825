// The object store as it lies there: a folder, or a bucket by a client that knows nothing of ours.
import { createReadStream } from 'node:fs';
import { mkdir, readdir, readFile, rm, stat, writeFile } from 'node:fs/promises';
import { createRequire } from 'node:module';
import { dirname, join, relative } from 'node:path';
import type { Readable } from 'node:stream';
import { fileURLToPath } from 'node:url';
import type { BucketItem } from 'minio';

const { Client } = createRequire(import.meta.url)('minio') as typeof import('minio');

/** The key under which a store says which one it is. */
export const IDENTITY = 'store.json';

export interface PlainStore {
  /** Key → size of every object, the store's identity among them. */
  list(): Promise<ReadonlyMap<string, number>>;
  read(key: string): Promise<Readable>;
  /** Unfinished uploads; a server may know them by their whole key alone, so `keys` are asked for each. */
  uploads(keys: readonly string[]): Promise<readonly string[]>;
  put(key: string, bytes: Buffer): Promise<void>;
  remove(key: string): Promise<void>;
}

export function openPlainStore(objectStoreUrl: string): PlainStore {
  const url = new URL(objectStoreUrl);
  return url.protocol === 'file:' ? folderStore(fileURLToPath(url)) : bucketStore(url);
}

function folderStore(root: string): PlainStore {
  const pathOf = (key: string) => (key === IDENTITY ? join(root, IDENTITY) : join(root, 'objects', key));
  return {
    list: async () => {
      const objects = join(root, 'objects');
      const entries = await readdir(objects, { recursive: true, withFileTypes: true });
      const files = entries.filter((entry) => entry.isFile()).map((entry) => join(entry.parentPath, entry.name));
      const found = await Promise.all(
        files.map(async (path) => [relative(objects, path), await sizeOf(path)] as const),
      );
      const identity = await sizeOf(join(root, IDENTITY));
      const all = [...found, ...(identity === null ? [] : [[IDENTITY, identity] as const])];
      return new Map(all.flatMap(([key, size]) => (size === null ? [] : [[key, size] as const])));
    },
    read: async (key) => createReadStream(pathOf(key)),
    uploads: async () => {
      const folders = await readdir(join(root, 'uploads')).catch(() => []);
      return Promise.all(folders.map((name) => uploadName(join(root, 'uploads', name))));
    },
    put: async (key, bytes) => {
      await mkdir(dirname(pathOf(key)), { recursive: true });
      await writeFile(pathOf(key), bytes);
    },
    remove: (key) => rm(pathOf(key)),
  };
}

/** Null for one that goes while it is looked at. */
async function sizeOf(path: string): Promise<number | null> {
  return stat(path).then(
    ({ size }) => size,
    () => null,
  );
}

async function uploadName(folder: string): Promise<string> {
  const record = await readFile(join(folder, 'upload.json'), 'utf8').catch(() => '');
  return `${folder} ${record}`;
}

function bucketStore(url: URL): PlainStore {
  const bucket = url.pathname.slice(1);
  const client = new Client({
    endPoint: url.hostname,
    port: Number(url.port),
    useSSL: url.searchParams.get('tls') !== '0',
    accessKey: decodeURIComponent(url.username),
    secretKey: decodeURIComponent(url.password),
    region: url.searchParams.get('region') ?? 'us-east-1',
    pathStyle: true,
  });
  return {
    list: async () => {
      const found = new Map<string, number>();
      for await (const item of client.listObjectsV2(bucket, '', true) as AsyncIterable<BucketItem>) {
        if (item.name !== undefined) found.set(item.name, item.size);
      }
      return found;
    },
    read: (key) => client.getObject(bucket, key),
    uploads: async (keys) => {
      const found = new Set<string>();
      for (const prefix of ['', ...keys]) {
        const uploads = client.listIncompleteUploads(bucket, prefix, true) as AsyncIterable<{
          key: string;
          uploadId: string;
        }>;
        for await (const { key, uploadId } of uploads) found.add(`${key} ${uploadId}`);
      }
      return [...found];
    },
    put: async (key, bytes) => void (await client.putObject(bucket, key, bytes, bytes.length)),
    remove: (key) => client.removeObject(bucket, key),
  };
}
