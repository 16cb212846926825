import { finished, Readable } from 'node:stream';
import { finished as end } from 'node:stream/promises';
import { AppError, MIB, type FileContent } from '@account-backups/contracts';
import { Bus } from '@account-backups/messaging';
import { fileKey, randomKeyPart, type ObjectStore } from '@account-backups/object-store';
import { OBJECT_STORE } from '@account-backups/service-kit';
import { Inject, Injectable } from '@nestjs/common';
import type { StoredFile } from '../api/replies.js';
import { CONFIG, type GatewayConfig } from '../config.js';
import { ContentDigest, contentTooLarge } from './content-digest.js';

interface Sent {
  readonly accountId: string;
  readonly fileId: string;
  /** Undefined for a body that does not say it, and for one that comes packed. */
  readonly sizeBytes: number | undefined;
  readonly body: Readable | undefined;
}

interface NewContent {
  readonly accountId: string;
  readonly fileId: string;
  /** Where the content of a known file lay, which the store has no more. */
  readonly lostKey: string | undefined;
}

/** Streams the content of a file into the object store, measures it on the way, then registers it. */
@Injectable()
export class FilesIntake {
  private readonly maxBytes: number;

  constructor(
    private readonly bus: Bus,
    @Inject(OBJECT_STORE) private readonly store: ObjectStore,
    @Inject(CONFIG) { FILE_SIZE_LIMIT_MIB: limit }: Pick<GatewayConfig, 'FILE_SIZE_LIMIT_MIB'>,
  ) {
    this.maxBytes = limit * MIB;
  }

  /** Throws `PAYLOAD_TOO_LARGE` and `QUOTA_EXCEEDED`; of a body that says its size before any of it is read. */
  async take({ accountId, fileId, sizeBytes, body = Readable.from([]) }: Sent): Promise<StoredFile> {
    if (sizeBytes !== undefined && sizeBytes > this.maxBytes) throw contentTooLarge(this.maxBytes);
    await this.bus.request('permissions.get-account', { accountId });
    const asked = { accountId, fileId, ...(sizeBytes !== undefined && { newBytes: sizeBytes }) };
    const known = await this.bus.request('documents.get-file', asked);
    if (known && (await this.store.stat(known.objectKey))) return this.compare(known, body);
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
    const digest = new ContentDigest(this.maxBytes);
    const arriving = measured(body, digest);
    await this.store.put(objectKey, digest).catch((error: unknown) => {
      // What broke off here says more than that it did.
      throw AppError.is(error, 'OBJECT_SOURCE_FAILED') ? (arriving.fault ?? error) : error;
    });
    const { sizeBytes, sha256, crc32 } = digest.result();
    const file = { fileId, objectKey, sizeBytes, sha256, crc32 };
    try {
      const asked = { accountId, file, ...(lostKey !== undefined && { lostKey }) };
      const { registered } = await this.bus.request('documents.register-file', asked);
      if (!registered) await this.store.delete(objectKey);
    } catch (error) {
      // After a time-out the file may be registered all the same: only a refusal proves that the object is not needed.
      if (AppError.is(error, 'FILE_CONTENT_DIFFERS') || AppError.is(error, 'QUOTA_EXCEEDED'))
        await this.store.delete(objectKey);
      throw error;
    }
    return { sizeBytes, sha256 };
  }

  private async compare(known: FileContent, body: Readable): Promise<StoredFile> {
    const digest = new ContentDigest(this.maxBytes);
    measured(body, digest);
    await end(digest.resume());
    const { sizeBytes, sha256 } = digest.result();
    if (sha256 !== known.sha256) {
      throw new AppError(
        'FILE_CONTENT_DIFFERS',
        `file ${known.fileId} is known with SHA-256 ${known.sha256}, not ${sha256}`,
      );
    }
    return { sizeBytes, sha256 };
  }
}

/** Sends `body` through `digest`. A body that is refused is left as it is, so that its sender can be answered. */
function measured(body: Readable, digest: ContentDigest): { readonly fault: Error | undefined } {
  const seen: { fault: Error | undefined } = { fault: undefined };
  digest.once('error', (error) => (seen.fault = error));
  finished(body, { writable: false }, (error) => {
    if (error) digest.destroy(error);
  });
  body.pipe(digest);
  return seen;
}
