import type { BigIntStats } from 'node:fs';
import { open, readdir, rm, stat, type FileHandle } from 'node:fs/promises';
import { join } from 'node:path';
import { pipeline, Readable } from 'node:stream';
import { AppError, KIB, sizeOf, type ByteRange } from '@account-backups/contracts';
import { assertSize, owning } from '../content/content-blocks.js';
import { ExactLength } from '../content/exact-length.js';
import { resolveRange } from '../content/object-range.js';
import { startOfStream } from '../content/start-of-stream.js';
import type * as contract from '../object-store.js';
import type { StoreIdentity } from '../store-identity.js';
import { filesystemError, translated, translatedEach, unlessAbsent } from './filesystem.error.js';
import { FilesystemLayout } from './filesystem.layout.js';
import { listFiles } from './filesystem.listing.js';
import { FilesystemUploads } from './filesystem.uploads.js';
import { appendContent, writeFileDurably } from './filesystem.writer.js';

const READ_BYTES = 256 * KIB;

/** Objects as files below one root, for any number of processes at once: nothing is kept in memory. */
export class FilesystemStore implements contract.ObjectStore {
  private readonly layout: FilesystemLayout;
  private readonly uploads: FilesystemUploads;

  constructor(root: string, storeId: string | undefined) {
    this.layout = new FilesystemLayout(root, storeId);
    this.uploads = new FilesystemUploads(this.layout);
  }

  initialise(): Promise<StoreIdentity> {
    return translated('initialise', () => this.layout.initialise());
  }

  check(): Promise<void> {
    return translated('check', () => this.layout.assertPresent());
  }

  put(key: string, content: contract.Content, options: contract.PutOptions = {}): Promise<contract.StoredObject> {
    return owning(content, () =>
      translated(key, async () => {
        this.layout.objectPath(key);
        const temporary = this.layout.newTemporaryPath();
        const stored = await writeFileDurably(temporary, async (file) => {
          const written = await appendContent(file, content);
          assertSize(key, written.sizeBytes, options.sizeBytes);
          return storedObject(await file.stat({ bigint: true }));
        });
        await this.layout.publish(temporary, key);
        return stored;
      }),
    );
  }

  putNew(key: string, content: Buffer): Promise<boolean> {
    return translated(key, async () => {
      this.layout.objectPath(key);
      const temporary = this.layout.newTemporaryPath();
      await writeFileDurably(temporary, (file) => file.writeFile(content));
      try {
        return await this.layout.publishNew(temporary, key);
      } finally {
        await rm(temporary, { force: true });
      }
    });
  }

  async get(key: string, options: contract.GetOptions = {}): Promise<Readable> {
    const path = this.layout.objectPath(key);
    options.signal?.throwIfAborted();
    return translated(key, async () => {
      const file = await this.openExisting(path, key);
      const range = await rangeOf(file, key, options.range);
      const source = sourceOf(file, range);
      const reader = new ExactLength(sizeOf(range), (reason, cause) => filesystemError(`${key} ${reason}`, cause));
      // Whoever reads gets the reader's own error; the callback only keeps it from being unhandled.
      pipeline(source, reader, () => undefined);
      return options.signal ? reader.endBy(options.signal) : reader;
    });
  }

  async getStart(key: string, maxBytes: number, options: contract.GetOptions = {}): Promise<Buffer> {
    return startOfStream(await this.get(key, options), maxBytes);
  }

  async stat(key: string): Promise<contract.FoundObject | null> {
    const path = this.layout.objectPath(key);
    return translated(key, async () => {
      const found = await this.layout.found(() => stat(path, { bigint: true }));
      if (!found?.isFile()) return null;
      return { ...storedObject(found), modifiedAt: found.mtime };
    });
  }

  async delete(key: string): Promise<void> {
    await translated(key, async () => {
      await this.layout.assertPresent();
      await this.layout.remove(key);
    });
  }

  async *list(prefix: string, { after = '' }: { readonly after?: string } = {}): AsyncGenerator<string, void> {
    await translated('list', () => this.layout.assertPresent());
    yield* translatedEach('list', listFiles(this.layout, { prefix, after }));
  }

  createUpload(key: string): Promise<string> {
    return translated(key, () => this.uploads.create(key));
  }

  putPart(part: contract.PartContent): Promise<contract.StoredPart> {
    return translated(part.key, () => this.uploads.putPart(part));
  }

  listParts(upload: contract.UploadRef): Promise<readonly contract.StoredPart[]> {
    return translated(upload.key, () => this.uploads.listParts(upload));
  }

  async completeUpload(completion: contract.UploadCompletion): Promise<contract.StoredObject> {
    const { key } = completion;
    try {
      await translated(key, () => this.uploads.complete(completion));
    } catch (error) {
      const done = AppError.is(error, 'UPLOAD_NOT_FOUND') ? await this.stat(key) : null;
      if (!done) throw error;
    }
    const found = await this.stat(key);
    if (!found) throw objectNotFound(key);
    return found;
  }

  abortUpload(upload: contract.UploadRef): Promise<void> {
    return translated(upload.key, () => this.uploads.abort(upload));
  }

  async *listUploads(prefix: string): AsyncGenerator<contract.FoundUpload, void> {
    await translated('list', () => this.layout.assertPresent());
    yield* translatedEach('list', this.uploads.list(prefix));
  }

  sweepTemporary(olderThan: Date): Promise<number> {
    return translated('sweep', async () => {
      let removed = 0;
      for (const name of await readdir(this.layout.temporary)) {
        const path = join(this.layout.temporary, name);
        const found = await unlessAbsent(stat(path));
        if (!found || found.mtime >= olderThan) continue;
        await rm(path, { recursive: true, force: true });
        removed += 1;
      }
      return removed;
    });
  }

  async close(): Promise<void> {
    // Each call opens and closes its own file.
  }

  private async openExisting(path: string, key: string): Promise<FileHandle> {
    const file = await this.layout.found(() => open(path, 'r'));
    if (file) return file;
    throw objectNotFound(key);
  }
}

async function rangeOf(file: FileHandle, key: string, range: ByteRange | undefined): Promise<ByteRange> {
  try {
    const found = await file.stat();
    if (!found.isFile()) throw objectNotFound(key);
    return resolveRange(key, found.size, range);
  } catch (error) {
    await file.close();
    throw error;
  }
}

function sourceOf(file: FileHandle, { start, end }: ByteRange): Readable {
  // Node's `end` is the last byte itself.
  if (end > start) return file.createReadStream({ start, end: end - 1, highWaterMark: READ_BYTES });
  const empty = Readable.from([]);
  empty.once('close', () => void file.close());
  return empty;
}

// A new file under the key has another inode or time, so its etag differs.
function storedObject({ size, ino, mtimeNs }: BigIntStats): contract.StoredObject {
  return { sizeBytes: Number(size), etag: `${ino.toString(16)}-${mtimeNs.toString(16)}-${size.toString(16)}` };
}

function objectNotFound(key: string): AppError {
  return new AppError('OBJECT_NOT_FOUND', `object ${key} does not exist`);
}
