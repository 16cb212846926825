import type { IncomingMessage } from 'node:http';
import { pipeline, type Readable } from 'node:stream';
import { AppError, MIB, sizeOf, type ByteRange } from '@account-backups/contracts';
import { assertSize, blocksOf, owning } from '../content/content-blocks.js';
import { ExactLength } from '../content/exact-length.js';
import { assertRange, rangeBeyond } from '../content/object-range.js';
import { startOfStream } from '../content/start-of-stream.js';
import { untilAborted } from '../content/until-aborted.js';
import { assertObjectKey } from '../keys/object-key.js';
import type * as contract from '../object-store.js';
import type { S3Address } from '../store-url.js';
import { connectS3, type S3Connection } from './s3.client.js';
import { IDENTITY_KEY, type StoreIdentity } from '../store-identity.js';
import { fromS3, s3CodeOf, s3Error } from './s3.error.js';
import { S3Identity } from './s3.identity.js';
import { S3Uploads } from './s3.uploads.js';

const BLOCK_BYTES = 8 * MIB;

/** Objects in a bucket of an S3 endpoint. */
export class S3Store implements contract.ObjectStore {
  private readonly bucket: string;
  private readonly connection: S3Connection;
  private readonly uploads: S3Uploads;
  private readonly client: S3Connection['client'];
  private readonly identity: S3Identity;

  constructor(
    private readonly address: S3Address,
    storeId: string | undefined,
  ) {
    this.bucket = address.bucket;
    this.identity = new S3Identity(address, storeId);
    this.connection = connectS3(address);
    this.client = this.connection.client;
    this.uploads = new S3Uploads(this.connection, address.bucket, address.tls);
  }

  async initialise(): Promise<StoreIdentity> {
    await fromS3('initialise', async () => {
      await this.makeBucket();
      if ((await this.identity.bytes()) !== null) return;
      await this.putUnlessTaken(IDENTITY_KEY, this.identity.store.newIdentity(), 'application/json');
    });
    return this.identity.store.identity();
  }

  check(): Promise<void> {
    return this.identity.store.assertPresent();
  }

  put(key: string, content: contract.Content, options: contract.PutOptions = {}): Promise<contract.StoredObject> {
    return owning(content, () => {
      assertObjectKey(key);
      return this.identity.whileKnown(() => this.putContent(key, content, options));
    });
  }

  async putNew(key: string, content: Buffer, contentType: string): Promise<boolean> {
    assertObjectKey(key);
    return this.identity.whileKnown(() => fromS3(key, () => this.putUnlessTaken(key, content, contentType)));
  }

  async get(key: string, options: contract.GetOptions = {}): Promise<Readable> {
    assertObjectKey(key);
    const { range, signal } = options;
    if (range) assertRange(key, range);
    const source = await untilAborted(signal, () => this.found(key, () => this.open(key, range)));
    const sizeBytes = Number((source as IncomingMessage).headers['content-length']);
    // The server cuts a range to what there is, and gives an empty object whole.
    if (range && sizeBytes !== sizeOf(range)) {
      source.destroy();
      throw rangeBeyond(key, range);
    }
    const reader = new ExactLength(sizeBytes, (reason, cause) => s3Error(`${key} ${reason}`, cause));
    // Whoever reads gets the reader's own error; the callback only keeps it from being unhandled.
    pipeline(source, reader, () => undefined);
    return signal ? reader.endBy(signal) : reader;
  }

  async getStart(key: string, maxBytes: number, { signal }: contract.GetOptions = {}): Promise<Buffer> {
    assertObjectKey(key);
    const source = await untilAborted(signal, () => this.found(key, () => this.open(key, undefined)));
    try {
      return await startOfStream(source, maxBytes, signal);
    } catch (cause) {
      signal?.throwIfAborted();
      throw s3Error(key, cause);
    }
  }

  async stat(key: string): Promise<contract.FoundObject | null> {
    assertObjectKey(key);
    try {
      const { size, etag, lastModified } = await this.found(key, () => this.client.statObject(this.bucket, key));
      return { sizeBytes: size, etag, modifiedAt: lastModified };
    } catch (error) {
      if (AppError.is(error, 'OBJECT_NOT_FOUND')) return null;
      throw error;
    }
  }

  async delete(key: string): Promise<void> {
    assertObjectKey(key);
    await fromS3(key, () => this.client.removeObject(this.bucket, key));
  }

  async *list(prefix: string, { after = '' }: { readonly after?: string } = {}): AsyncGenerator<string, void> {
    const found = this.client.listObjectsV2(this.bucket, prefix, true, after) as AsyncIterable<{ name?: string }>;
    try {
      for await (const { name } of found) if (name !== undefined && name !== IDENTITY_KEY) yield name;
    } catch (error) {
      throw s3Error('list', error);
    }
  }

  async createUpload(key: string, options: { readonly contentType?: string } = {}): Promise<string> {
    // An upload that is begun and given up is found by nobody: the look comes first.
    await this.identity.store.assertPresent();
    return this.uploads.create(key, options.contentType);
  }

  putPart(part: contract.PartContent): Promise<contract.StoredPart> {
    return this.uploads.putPart(part);
  }

  listParts(upload: contract.UploadRef): Promise<readonly contract.StoredPart[]> {
    return this.uploads.listParts(upload);
  }

  async completeUpload(completion: contract.UploadCompletion): Promise<contract.StoredObject> {
    const { key } = completion;
    const fault = await this.uploads.complete(completion).then(
      () => undefined,
      (error: unknown) => ({ error }),
    );
    if (fault && !AppError.is(fault.error, 'UPLOAD_NOT_FOUND')) throw fault.error;
    const found = await this.stat(key);
    if (found) return found;
    throw fault?.error ?? new AppError('OBJECT_NOT_FOUND', `object ${key} does not exist`);
  }

  abortUpload(upload: contract.UploadRef): Promise<void> {
    return this.uploads.abort(upload);
  }

  listUploads(prefix: string): AsyncIterable<contract.FoundUpload> {
    return this.uploads.list(prefix);
  }

  async sweepTemporary(): Promise<number> {
    // S3 shows an object only when it is whole; an interrupted write leaves nothing but an open upload.
    return 0;
  }

  async close(): Promise<void> {
    this.connection.agent.destroy();
    this.identity.close();
  }

  // Another store, or an emptied bucket, does not know the object either.
  private async found<T>(key: string, ask: () => Promise<T>): Promise<T> {
    try {
      return await fromS3(key, ask);
    } catch (error) {
      if (AppError.is(error, 'OBJECT_NOT_FOUND')) await this.identity.store.assertPresent();
      throw error;
    }
  }

  private async makeBucket(): Promise<void> {
    if (await this.client.bucketExists(this.bucket)) return;
    await this.client.makeBucket(this.bucket, this.address.region).catch(async (error: unknown) => {
      // Another process made it at the same moment.
      if (!(await this.client.bucketExists(this.bucket))) throw error;
    });
  }

  private async putUnlessTaken(key: string, bytes: Buffer, contentType: string): Promise<boolean> {
    try {
      const headers = { 'Content-Type': contentType, 'If-None-Match': '*' };
      await this.client.putObject(this.bucket, key, bytes, bytes.length, headers);
      return true;
    } catch (error) {
      if (s3CodeOf(error) !== 'PreconditionFailed') throw error;
      return false;
    }
  }

  private open(key: string, range: ByteRange | undefined): Promise<Readable> {
    if (!range) return this.client.getObject(this.bucket, key);
    return this.client.getPartialObject(this.bucket, key, range.start, sizeOf(range));
  }

  private async putContent(
    key: string,
    content: contract.Content,
    options: contract.PutOptions,
  ): Promise<contract.StoredObject> {
    const blocks = blocksOf(content, () => BLOCK_BYTES);
    const first = await blocks.next();
    const head = first.done === true ? Buffer.alloc(0) : first.value;
    if (head.length < BLOCK_BYTES) return this.putWhole(key, head, options);
    return this.putInParts(key, head, { blocks, options });
  }

  private async putWhole(key: string, content: Buffer, options: contract.PutOptions): Promise<contract.StoredObject> {
    assertSize(key, content.length, options.sizeBytes);
    const headers = options.contentType === undefined ? {} : { 'Content-Type': options.contentType };
    const { etag } = await fromS3(key, () => this.client.putObject(this.bucket, key, content, content.length, headers));
    return { sizeBytes: content.length, etag };
  }

  // In parts of our own: the client would hold half a GiB, and hang if its source broke off.
  private async putInParts(
    key: string,
    head: Buffer,
    { blocks, options }: { readonly blocks: AsyncGenerator<Buffer, void>; readonly options: contract.PutOptions },
  ): Promise<contract.StoredObject> {
    const uploadId = await this.uploads.create(key, options.contentType);
    try {
      const parts = [await this.putPart({ key, uploadId, partNumber: 1, content: head })];
      for await (const content of blocks) {
        parts.push(await this.putPart({ key, uploadId, partNumber: parts.length + 1, content }));
      }
      assertSize(
        key,
        parts.reduce((sum, part) => sum + part.sizeBytes, 0),
        options.sizeBytes,
      );
      return await this.completeUpload({ key, uploadId, parts });
    } catch (error) {
      // The first error is the one to report; an upload that cannot be dropped now is swept later.
      await this.uploads.abort({ key, uploadId }).catch(() => undefined);
      throw error;
    }
  }
}
