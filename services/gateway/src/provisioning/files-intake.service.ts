import { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { AppError, type FileContent } from '@account-backups/contracts';
import { Bus } from '@account-backups/messaging';
import { fileKey, randomKeyPart, type ObjectStore } from '@account-backups/object-store';
import { OBJECT_STORE } from '@account-backups/service-kit';
import { Inject, Injectable } from '@nestjs/common';
import type { StoredFile } from '../api/replies.js';
import { ContentDigest } from './content-digest.js';

interface NewContent {
  readonly accountId: string;
  readonly fileId: string;
  /** Where the content of a known file lay, which the store has no more. */
  readonly lostKey: string | undefined;
}

/** Streams the content of a file into the object store, measures it on the way, then registers it. */
@Injectable()
export class FilesIntake {
  constructor(
    private readonly bus: Bus,
    @Inject(OBJECT_STORE) private readonly store: ObjectStore,
  ) {}

  async take(accountId: string, fileId: string, body: Readable = Readable.from([])): Promise<StoredFile> {
    await this.bus.request('permissions.get-account', { accountId });
    const known = await this.bus.request('documents.get-file', { accountId, fileId });
    if (known && (await this.store.stat(known.objectKey))) return compare(known, body);
    return this.storeNew({ accountId, fileId, lostKey: known?.objectKey }, body);
  }

  /** What is stored of a file. Throws `NOT_FOUND` for one that never came, and for one that the store has no more. */
  async known(accountId: string, fileId: string): Promise<StoredFile> {
    await this.bus.request('permissions.get-account', { accountId });
    const known = await this.bus.request('documents.get-file', { accountId, fileId });
    if (!known || !(await this.store.stat(known.objectKey))) {
      throw new AppError('NOT_FOUND', `account ${accountId} has no content of a file ${fileId}`);
    }
    return { sizeBytes: known.sizeBytes, sha256: known.sha256 };
  }

  // A crash between storing and registering leaves an object that nothing names: the zip-builder's sweep takes it away.
  private async storeNew({ accountId, fileId, lostKey }: NewContent, body: Readable): Promise<StoredFile> {
    const objectKey = fileKey(accountId, randomKeyPart());
    const digest = new ContentDigest();
    const arrived = pipeline(body, digest);
    // Thrown below: a store that fails breaks off what arrives, and says more.
    arrived.catch(() => undefined);
    await this.store.put(objectKey, digest).catch(async (error: unknown) => {
      if (AppError.is(error, 'OBJECT_SOURCE_FAILED')) await arrived;
      throw error;
    });
    await arrived;
    const { sizeBytes, sha256, crc32 } = digest.result();
    const file = { fileId, objectKey, sizeBytes, sha256, crc32 };
    try {
      const asked = { accountId, file, ...(lostKey !== undefined && { lostKey }) };
      const { registered } = await this.bus.request('documents.register-file', asked);
      if (!registered) await this.store.delete(objectKey);
    } catch (error) {
      // After a time-out the file may be registered all the same: only a refusal proves that the object is not needed.
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
