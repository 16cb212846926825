import { mkdir, open, readFile, readdir, rename, rm, stat, type FileHandle } from 'node:fs/promises';
import { join } from 'node:path';
import { AppError } from '@account-backups/contracts';
import { assertSize, owning } from '../content/content-blocks.js';
import { assertObjectKey } from '../keys/object-key.js';
import { randomKeyPart } from '../keys/random-key-part.js';
import type { FoundUpload, PartContent, StoredPart, UploadCompletion, UploadRef } from '../object-store.js';
import { assertAscending, assertPartNumber, pickParts } from '../part-list.js';
import { isAbsent, unlessAbsent } from './filesystem.error.js';
import { syncFolder, type FilesystemLayout } from './filesystem.layout.js';
import { copyPart, readPartSeal, sealPart } from './filesystem.part.js';
import { appendContent, writeFileDurably } from './filesystem.writer.js';

const RECORD_NAME = 'upload.json';

interface UploadRecord {
  readonly key: string;
}

/** Multipart uploads as folders: `uploads/<uploadId>/upload.json` and one file for each part. */
export class FilesystemUploads {
  constructor(private readonly layout: FilesystemLayout) {}

  async create(key: string): Promise<string> {
    assertObjectKey(key);
    await this.layout.assertPresent();
    const uploadId = randomKeyPart();
    const prepared = this.layout.newTemporaryPath();
    const record: UploadRecord = { key };
    await mkdir(prepared);
    await writeFileDurably(join(prepared, RECORD_NAME), (file) => file.writeFile(JSON.stringify(record)));
    await rename(prepared, join(this.layout.uploads, uploadId));
    await syncFolder(this.layout.uploads);
    return uploadId;
  }

  putPart(part: PartContent): Promise<StoredPart> {
    return owning(part.content, () => this.writePart(part));
  }

  private async writePart(part: PartContent): Promise<StoredPart> {
    assertPartNumber(part.partNumber);
    const folder = await this.folderOf(part);
    const temporary = this.layout.newTemporaryPath();
    const stored = await writeFileDurably(temporary, async (file) => {
      const written = await appendContent(file, part.content);
      assertSize(part.key, written.sizeBytes, part.sizeBytes);
      return sealPart(file, { partNumber: part.partNumber, ...written });
    });
    try {
      await rename(temporary, join(folder, String(part.partNumber)));
    } catch (error) {
      await rm(temporary, { force: true });
      if (isAbsent(error)) await this.layout.assertPresent();
      throw isAbsent(error) ? uploadNotFound(part) : error;
    }
    await syncFolder(folder);
    return stored;
  }

  async listParts(upload: UploadRef): Promise<readonly StoredPart[]> {
    const folder = await this.folderOf(upload);
    return this.whileThere(upload, () => this.partsIn(folder));
  }

  private async partsIn(folder: string): Promise<readonly StoredPart[]> {
    const names = await readdir(folder);
    const numbers = names.filter((name) => /^\d+$/.test(name)).map(Number);
    const parts: StoredPart[] = [];
    for (const partNumber of numbers.toSorted((a, b) => a - b)) {
      parts.push(await readPartSeal(join(folder, String(partNumber)), partNumber));
    }
    return parts;
  }

  /**
   * Joins the parts, publishes the whole under the key unless an object is there already, and drops the upload. The
   * whole lies in the upload's folder until then: whoever comes late, however long it stood still, finds the key taken
   * or the folder gone, and changes nothing.
   */
  async complete(completion: UploadCompletion): Promise<void> {
    assertAscending(completion.parts);
    const folder = await this.folderOf(completion);
    const parts = pickParts(completion.parts, await this.listParts(completion));
    const whole = join(folder, `whole-${randomKeyPart()}`);
    await this.whileThere(completion, async () => {
      await writeFileDurably(whole, (file) => joinParts(file, folder, parts));
      await this.layout.publishNew(whole, completion.key);
    });
    await this.drop(folder);
  }

  async abort(upload: UploadRef): Promise<void> {
    const folder = await this.folderOf(upload).catch((error: unknown) => {
      if (AppError.is(error, 'UPLOAD_NOT_FOUND')) return null;
      throw error;
    });
    if (folder) await this.drop(folder);
  }

  async *list(prefix: string): AsyncGenerator<FoundUpload, void> {
    for (const uploadId of await readdir(this.layout.uploads)) {
      const record = await this.readRecord(uploadId);
      if (!record?.key.startsWith(prefix)) continue;
      const found = await unlessAbsent(stat(join(this.layout.uploads, uploadId, RECORD_NAME)));
      // Completed or dropped meanwhile.
      if (found) yield { key: record.key, uploadId, startedAt: found.mtime };
    }
  }

  // The rename makes the upload disappear at once; what a crash leaves behind is swept as temporary.
  private async drop(folder: string): Promise<void> {
    const dropped = this.layout.newTemporaryPath();
    await this.layout.found(() => rename(folder, dropped));
    await rm(dropped, { recursive: true, force: true });
  }

  private async folderOf(upload: UploadRef): Promise<string> {
    await this.layout.assertPresent();
    if (!/^[0-9a-f]{32}$/.test(upload.uploadId)) throw uploadNotFound(upload);
    const record = await this.readRecord(upload.uploadId);
    if (record?.key !== upload.key) throw uploadNotFound(upload);
    return join(this.layout.uploads, upload.uploadId);
  }

  // Another process may complete or abort the upload while its parts are read; or the volume has gone.
  private async whileThere<T>(upload: UploadRef, read: () => Promise<T>): Promise<T> {
    try {
      return await read();
    } catch (error) {
      if (!isAbsent(error)) throw error;
      await this.layout.assertPresent();
      throw uploadNotFound(upload, error);
    }
  }

  private async readRecord(uploadId: string): Promise<UploadRecord | null> {
    const text = await this.layout.found(() => readFile(join(this.layout.uploads, uploadId, RECORD_NAME), 'utf8'));
    return text === null ? null : (JSON.parse(text) as UploadRecord);
  }
}

async function joinParts(file: FileHandle, folder: string, parts: readonly StoredPart[]): Promise<void> {
  for (const part of parts) {
    const source = await open(join(folder, String(part.partNumber)), 'r');
    try {
      await copyPart(source, file, part);
    } finally {
      await source.close();
    }
  }
}

/** The error for an upload that was completed, aborted, or never opened. */
function uploadNotFound(upload: UploadRef, cause?: unknown): AppError {
  return new AppError('UPLOAD_NOT_FOUND', `upload ${upload.uploadId} of ${upload.key} does not exist`, { cause });
}
