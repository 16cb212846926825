import { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { AppError, type FileContent } from '@account-backups/contracts';
import { Bus } from '@account-backups/messaging';
import { fileKey, randomKeyPart, type ObjectStore } from '@account-backups/object-store';
import { Inject, Injectable } from '@nestjs/common';
import { OBJECT_STORE } from '../object-store.provider.js';
import { ContentDigest } from './content-digest.js';

export interface StoredFile {
  readonly sizeBytes: number;
  readonly sha256: string;
}

/** Takes the content of a file: streamed into the object store, measured on the way, then registered. */
@Injectable()
export class FilesIntake {
  constructor(
    private readonly bus: Bus,
    @Inject(OBJECT_STORE) private readonly store: ObjectStore,
  ) {}

  async take(accountId: string, fileId: string, body: Readable = Readable.from([])): Promise<StoredFile> {
    await this.bus.request('permissions.get-account', { accountId });
    const known = await this.bus.request('documents.get-file', { accountId, fileId });
    return known ? compare(known, body) : this.storeNew(accountId, fileId, body);
  }

  // A death between storing and registering leaves an object that nothing names; the host sends the file again.
  private async storeNew(accountId: string, fileId: string, body: Readable): Promise<StoredFile> {
    const objectKey = fileKey(accountId, randomKeyPart());
    const digest = new ContentDigest();
    const arrived = pipeline(body, digest);
    await Promise.all([arrived, this.store.put(objectKey, digest)]);
    const { sizeBytes, sha256, crc32 } = digest.result();
    const file = { fileId, objectKey, sizeBytes, sha256, crc32 };
    try {
      const { registered } = await this.bus.request('documents.register-file', { accountId, file });
      if (!registered) await this.store.delete(objectKey);
    } catch (error) {
      // After a time-out the registration may have happened: only a clear refusal says that the object is not needed.
      if (AppError.is(error, 'FILE_CONTENT_DIFFERS')) await this.store.delete(objectKey);
      throw error;
    }
    return { sizeBytes, sha256 };
  }
}

async function compare(known: FileContent, body: Readable): Promise<StoredFile> {
  const digest = new ContentDigest();
  await pipeline(body, digest.resume());
  const { sizeBytes, sha256 } = digest.result();
  if (sha256 !== known.sha256) {
    throw new AppError(
      'FILE_CONTENT_DIFFERS',
      `file ${known.fileId} is known with SHA-256 ${known.sha256}, not ${sha256}`,
    );
  }
  return { sizeBytes, sha256 };
}
