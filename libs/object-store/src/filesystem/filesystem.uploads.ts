import { mkdir, open, readFile, readdir, rename, rm, type FileHandle } from 'node:fs/promises';
import { join } from 'node:path';
import { AppError } from '@account-backups/contracts';
import { assertSize, owning } from './content-blocks.js';
import { isAbsent } from './filesystem.error.js';
import { syncFolder, type FilesystemLayout } from './filesystem.layout.js';
import { copyPart, readPartSeal, sealPart } from './filesystem.part.js';
import { appendContent, writeFileDurably } from './filesystem.writer.js';
import { assertObjectKey } from './object-key.js';
import type { OpenUpload, PartContent, StoredPart, UploadCompletion, UploadRef } from './object-store.js';
import { assertAscending, assertPartNumber, pickParts } from './part-list.js';
import { randomKeyPart } from './random-key-part.js';

const recordName = 'upload.json';

interface UploadRecord {
  readonly key: string;
  readonly initiatedAt: string;
}

/** Multipart uploads as folders: `uploads/<uploadId>/upload.json` and one file for each part. */
export class FilesystemUploads {
  constructor(private readonly layout: FilesystemLayout) {}

  async create(key: string): Promise<string> {
    assertObjectKey(key);
    const uploadId = randomKeyPart();
    const prepared = this.layout.newTemporaryPath();
    const record: UploadRecord = { key, initiatedAt: new Date().toISOString() };
    await mkdir(prepared);
    await writeFileDurably(join(prepared, recordName), (file) => file.writeFile(JSON.stringify(record)));
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
      throw isAbsent(error) ? uploadNotFound(part) : error;
    }
    await syncFolder(folder);
    return stored;
  }

  async listParts(upload: UploadRef): Promise<readonly StoredPart[]> {
    const folder = await this.folderOf(upload);
    return whileThere(upload, () => this.partsIn(folder));
  }

  private async partsIn(folder: string): Promise<readonly StoredPart[]> {
    const names = await readdir(folder);
    const numbers = names.filter((name) => name !== recordName).map(Number);
    const parts: StoredPart[] = [];
    for (const partNumber of numbers.toSorted((a, b) => a - b)) {
      parts.push(await readPartSeal(join(folder, String(partNumber)), partNumber));
    }
    return parts;
  }

  /** Joins the parts in a temporary file, publishes it under the key and drops the upload. */
  async complete(completion: UploadCompletion): Promise<void> {
    assertAscending(completion.parts);
    const folder = await this.folderOf(completion);
    const parts = pickParts(completion.parts, await this.listParts(completion));
    const temporary = this.layout.newTemporaryPath();
    await whileThere(completion, () => writeFileDurably(temporary, (file) => joinParts(file, folder, parts)));
    await this.layout.publish(temporary, completion.key);
    await this.drop(folder);
  }

  async abort(upload: UploadRef): Promise<void> {
    const folder = await this.folderOf(upload).catch((error: unknown) => {
      if (AppError.is(error, 'UPLOAD_NOT_FOUND')) return null;
      throw error;
    });
    if (folder) await this.drop(folder);
  }

  async *list(prefix: string): AsyncGenerator<OpenUpload, void> {
    for (const uploadId of await readdir(this.layout.uploads)) {
      const record = await this.readRecord(uploadId);
      if (!record?.key.startsWith(prefix)) continue;
      yield { key: record.key, uploadId, initiatedAt: new Date(record.initiatedAt) };
    }
  }

  // The rename makes the upload disappear at once; what a crash leaves behind is temporary.
  private async drop(folder: string): Promise<void> {
    const dropped = this.layout.newTemporaryPath();
    try {
      await rename(folder, dropped);
    } catch (error) {
      if (isAbsent(error)) return;
      throw error;
    }
    await rm(dropped, { recursive: true, force: true });
  }

  private async folderOf(upload: UploadRef): Promise<string> {
    await this.layout.assertPresent();
    if (!/^[0-9a-f]{32}$/.test(upload.uploadId)) throw uploadNotFound(upload);
    const record = await this.readRecord(upload.uploadId);
    if (record?.key !== upload.key) throw uploadNotFound(upload);
    return join(this.layout.uploads, upload.uploadId);
  }

  private async readRecord(uploadId: string): Promise<UploadRecord | null> {
    try {
      return JSON.parse(await readFile(join(this.layout.uploads, uploadId, recordName), 'utf8')) as UploadRecord;
    } catch (error) {
      if (isAbsent(error)) return null;
      throw error;
    }
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

// Another process may complete or abort the upload while its parts are read.
async function whileThere<T>(upload: UploadRef, read: () => Promise<T>): Promise<T> {
  try {
    return await read();
  } catch (error) {
    throw isAbsent(error) ? uploadNotFound(upload, error) : error;
  }
}

/** The error for an upload that was completed, aborted, or never opened. */
export function uploadNotFound(upload: UploadRef, cause?: unknown): AppError {
  return new AppError('UPLOAD_NOT_FOUND', `upload ${upload.uploadId} of ${upload.key} does not exist`, { cause });
}
