import type { BigIntStats } from 'node:fs';
import { open, readdir, rm, stat, type FileHandle } from 'node:fs/promises';
import { join } from 'node:path';
import { pipeline, Readable } from 'node:stream';
import { AppError } from '@account-backups/contracts';
import { resolveRange, type ResolvedRange } from './byte-range.js';
import { assertSize, owning } from './content-blocks.js';
import { ExactLength } from './exact-length.js';
import { filesystemError, isAbsent, translated, translatedEach } from './filesystem.error.js';
import { FilesystemLayout } from './filesystem.layout.js';
import { listFiles } from './filesystem.listing.js';
import { FilesystemUploads } from './filesystem.uploads.js';
import { appendContent, writeFileDurably } from './filesystem.writer.js';
import type * as contract from './object-store.js';
import { startOfStream } from './start-of-stream.js';

const READ_BYTES = 256 * 1024;

/** Objects as files below one root, for any number of processes at once: nothing is kept in memory. */
export class FilesystemStore implements contract.ObjectStore {
  private readonly layout: FilesystemLayout;
  private readonly uploads: FilesystemUploads;

  constructor(root: string) {
    this.layout = new FilesystemLayout(root);
    this.uploads = new FilesystemUploads(this.layout);
  }

  async ensureReady(): Promise<void> {
    await translated('start', () => this.layout.make());
  }

  async check(): Promise<void> {
    await translated('check', async () => {
      await this.layout.assertPresent();
      const path = this.layout.newTemporaryPath();
      await writeFileDurably(path, (file) => file.writeFile('check'));
      await rm(path, { force: true });
    });
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

  async get(key: string, options: contract.GetOptions = {}): Promise<Readable> {
    const path = this.layout.objectPath(key);
    options.signal?.throwIfAborted();
    return translated(key, async () => {
      const file = await this.openExisting(path, key);
      const range = await rangeOf(file, key, options.range);
      const source = sourceOf(file, range);
      const reader = new ExactLength(range.sizeBytes, (reason, cause) => filesystemError(`${key} ${reason}`, cause));
      // The reader's own error tells whoever reads; the callback only keeps it from counting as unheard.
      pipeline(source, reader, () => undefined);
      return options.signal ? reader.endBy(options.signal) : reader;
    });
  }

  async getStart(key: string, mostBytes: number, options: contract.GetOptions = {}): Promise<Buffer> {
    return startOfStream(await this.get(key, options), mostBytes);
  }

  async stat(key: string): Promise<contract.ObjectStat | null> {
    const path = this.layout.objectPath(key);
    return translated(key, async () => {
      const found = await unlessAbsent(stat(path, { bigint: true }));
      if (!found?.isFile()) {
        await this.layout.assertPresent();
        return null;
      }
      return { ...storedObject(found), lastModified: found.mtime };
    });
  }

  async delete(key: string): Promise<void> {
    await translated(key, async () => {
      await this.layout.assertPresent();
      await this.layout.remove(key);
    });
  }

  async deleteMany(keys: Iterable<string>): Promise<void> {
    for (const key of keys) await this.delete(key);
  }

  async *list(prefix: string, options: contract.ListOptions = {}): AsyncGenerator<contract.ListedObject, void> {
    await translated('list', () => this.layout.assertPresent());
    yield* translatedEach('list', listFiles(this.layout.objects, prefix, options));
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
    return { sizeBytes: found.sizeBytes, etag: found.etag };
  }

  abortUpload(upload: contract.UploadRef): Promise<void> {
    return translated(upload.key, () => this.uploads.abort(upload));
  }

  async *listUploads(prefix: string): AsyncGenerator<contract.OpenUpload, void> {
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
    // Files are opened for each call and closed with it.
  }

  private async openExisting(path: string, key: string): Promise<FileHandle> {
    const file = await unlessAbsent(open(path, 'r'));
    if (file) return file;
    await this.layout.assertPresent();
    throw objectNotFound(key);
  }
}

async function rangeOf(file: FileHandle, key: string, range: contract.ByteRange | undefined): Promise<ResolvedRange> {
  try {
    const found = await file.stat();
    if (!found.isFile()) throw objectNotFound(key);
    return resolveRange(key, found.size, range);
  } catch (error) {
    await file.close();
    throw error;
  }
}

function sourceOf(file: FileHandle, { start, end, sizeBytes }: ResolvedRange): Readable {
  if (sizeBytes > 0) return file.createReadStream({ start, end, highWaterMark: READ_BYTES });
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

async function unlessAbsent<T>(found: Promise<T>): Promise<T | null> {
  try {
    return await found;
  } catch (error) {
    if (isAbsent(error)) return null;
    throw error;
  }
}
