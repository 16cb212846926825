import { createHash } from 'node:crypto';
import { buffer } from 'node:stream/consumers';
import { assertSize, owning } from '../content/content-blocks.js';
import { assertObjectKey } from '../keys/object-key.js';
import type { FoundUpload, PartContent, StoredPart, UploadCompletion, UploadRef } from '../object-store.js';
import { assertAscending, assertPartNumber } from '../part-list.js';
import type { S3Connection } from './s3.client.js';
import { fromS3 } from './s3.error.js';
import { streamPart } from './s3.part-stream.js';

/** A method of the client's class that its type leaves out. */
interface PartLister {
  listParts(bucket: string, key: string, uploadId: string): Promise<{ part: number; etag?: string; size: number }[]>;
}

type HeldPart = PartContent & { readonly content: Buffer };

/** One of the two: with TLS the body is not signed. */
interface Checksum {
  readonly md5?: string;
  readonly sha256: string;
}

/** Multipart uploads of S3. */
export class S3Uploads {
  constructor(
    private readonly connection: S3Connection,
    private readonly bucket: string,
    /** Without TLS the body's SHA-256 is signed, and the store checks it; with TLS an MD5 is sent instead. */
    private readonly tls: boolean,
  ) {}

  private get client() {
    return this.connection.client;
  }

  create(key: string, contentType: string | undefined): Promise<string> {
    assertObjectKey(key);
    const headers = contentType === undefined ? {} : { 'content-type': contentType };
    return fromS3(key, () => this.client.initiateNewMultipartUpload(this.bucket, key, headers));
  }

  putPart(part: PartContent): Promise<StoredPart> {
    return owning(part.content, async () => {
      assertPartNumber(part.partNumber);
      const { content } = part;
      if (!Buffer.isBuffer(content)) return streamPart(this.connection, this.bucket, { ...part, content });
      assertSize(part.key, content.length, part.sizeBytes);
      return this.putHeld({ ...part, content });
    });
  }

  private async putHeld(part: HeldPart): Promise<StoredPart> {
    const { key, partNumber, content } = part;
    const checksum = await this.checksumOf(part);
    const etag = await fromS3(key, () => this.put(part, checksum));
    return { partNumber, etag, sizeBytes: content.length };
  }

  // What the store checks the body against.
  private async checksumOf({ content, sha256 }: HeldPart): Promise<Checksum> {
    if (this.tls) return { md5: createHash('md5').update(content).digest('base64'), sha256: '' };
    return { sha256: sha256 ? await sha256() : createHash('sha256').update(content).digest('hex') };
  }

  private async put({ key, uploadId, partNumber, content }: HeldPart, { md5, sha256 }: Checksum): Promise<string> {
    const query = `uploadId=${uploadId}&partNumber=${partNumber}`;
    const headers = { 'content-length': content.length, ...(md5 !== undefined && { 'content-md5': md5 }) };
    const request = { method: 'PUT', bucketName: this.bucket, objectName: key, query, headers };
    // What the client's own `uploadPart` does, except that it would take the SHA-256 itself, on this thread.
    const answer = await this.client.makeRequestStreamAsync(request, content, sha256, [200], '');
    await buffer(answer);
    return unquoted(answer.headers.etag ?? '');
  }

  async listParts({ key, uploadId }: UploadRef): Promise<readonly StoredPart[]> {
    const lister = this.client as unknown as PartLister;
    const parts = await fromS3(key, () => lister.listParts(this.bucket, key, uploadId));
    return parts.map(({ part, etag, size }) => ({ partNumber: part, etag: unquoted(etag ?? ''), sizeBytes: size }));
  }

  async complete({ key, uploadId, parts }: UploadCompletion): Promise<void> {
    assertAscending(parts);
    const named = parts.map(({ partNumber, etag }) => ({ part: partNumber, etag }));
    await fromS3(key, () => this.client.completeMultipartUpload(this.bucket, key, uploadId, named));
  }

  async abort({ key, uploadId }: UploadRef): Promise<void> {
    try {
      await this.client.abortMultipartUpload(this.bucket, key, uploadId);
    } catch (error) {
      if (error instanceof Error && 'code' in error && error.code === 'NoSuchUpload') return;
      await fromS3(key, () => Promise.reject(error));
    }
  }

  async *list(prefix: string): AsyncGenerator<FoundUpload, void> {
    const found = this.client.listIncompleteUploads(this.bucket, prefix, true) as AsyncIterable<{
      key: string;
      uploadId: string;
      initiated: Date;
    }>;
    try {
      for await (const { key, uploadId, initiated } of found) yield { key, uploadId, startedAt: initiated };
    } catch (error) {
      await fromS3('list', () => Promise.reject(error));
    }
  }
}

function unquoted(etag: string): string {
  return etag.replace(/^"|"$/g, '');
}
