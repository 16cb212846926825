import type { IncomingMessage } from 'node:http';
import { pipeline, type Readable } from 'node:stream';
import { AppError } from '@account-backups/contracts';
import { assertRange } from './byte-range.js';
import { assertSize, blocksOf, owning } from './content-blocks.js';
import { ExactLength } from './exact-length.js';
import { assertObjectKey } from './object-key.js';
import type * as contract from './object-store.js';
import { connectS3, type S3Connection } from './s3.client.js';
import { fromS3, s3Error } from './s3.error.js';
import { S3Uploads } from './s3.uploads.js';
import { startOfStream } from './start-of-stream.js';
import type { S3Address } from './store-url.js';
import { untilAborted } from './until-aborted.js';

const BLOCK_BYTES = 8 * 1_048_576;
const DELETE_BATCH = 1_000;

/** Objects in a bucket of an S3 endpoint. */
export class S3Store implements contract.ObjectStore {
  private readonly bucket: string;
  private readonly connection: S3Connection;
  private readonly uploads: S3Uploads;

  constructor(private readonly address: S3Address) {
    this.bucket = address.bucket;
    this.connection = connectS3(address);
    this.uploads = new S3Uploads(this.connection, address.bucket, address.tls);
  }

  async ensureReady(): Promise<void> {
    await fromS3('start', async () => {
      if (await this.client.bucketExists(this.bucket)) return;
      await this.client.makeBucket(this.bucket, this.address.region).catch(async (error: unknown) => {
        // Another process made it at the same moment.
        if (!(await this.client.bucketExists(this.bucket))) throw error;
      });
    });
  }

  async check(): Promise<void> {
    const there = await fromS3('check', () => this.client.bucketExists(this.bucket));
    if (!there) throw new AppError('OBJECT_STORE_UNAVAILABLE', `bucket ${this.bucket} does not exist`);
  }

  put(key: string, content: contract.Content, options: contract.PutOptions = {}): Promise<contract.StoredObject> {
    return owning(content, async () => {
      assertObjectKey(key);
      const blocks = blocksOf(content, () => BLOCK_BYTES);
      const first = await blocks.next();
      const head = first.done === true ? Buffer.alloc(0) : first.value;
      if (head.length < BLOCK_BYTES) return this.putWhole(key, head, options);
      return this.putInParts(key, head, { blocks, options });
    });
  }

  async get(key: string, options: contract.GetOptions = {}): Promise<Readable> {
    assertObjectKey(key);
    const { range, signal } = options;
    if (range) assertRange(key, range);
    const source = await untilAborted(signal, () => fromS3(key, () => this.open(key, range)));
    const sizeBytes = Number((source as IncomingMessage).headers['content-length']);
    if (range && !isAnswerTo(range, sizeBytes)) {
      source.destroy();
      throw new AppError('OBJECT_RANGE_INVALID', `bytes ${range.start} to ${range.end} lie not within ${key}`);
    }
    const reader = new ExactLength(sizeBytes, (reason, cause) => s3Error(`${key} ${reason}`, cause));
    // The reader's own error tells whoever reads; the callback only keeps it from counting as unheard.
    pipeline(source, reader, () => undefined);
    return signal ? reader.endBy(signal) : reader;
  }

  async getStart(key: string, mostBytes: number, { signal }: contract.GetOptions = {}): Promise<Buffer> {
    assertObjectKey(key);
    const source = await untilAborted(signal, () => fromS3(key, () => this.open(key, undefined)));
    try {
      return await startOfStream(source, mostBytes, signal);
    } catch (cause) {
      signal?.throwIfAborted();
      throw s3Error(key, cause);
    }
  }

  async stat(key: string): Promise<contract.ObjectStat | null> {
    assertObjectKey(key);
    try {
      const { size, etag, lastModified } = await fromS3(key, () => this.client.statObject(this.bucket, key));
      return { sizeBytes: size, etag, lastModified };
    } catch (error) {
      if (AppError.is(error, 'OBJECT_NOT_FOUND')) return null;
      throw error;
    }
  }

  async delete(key: string): Promise<void> {
    assertObjectKey(key);
    await fromS3(key, () => this.client.removeObject(this.bucket, key));
  }

  async deleteMany(keys: Iterable<string>): Promise<void> {
    let batch: string[] = [];
    const flush = async () => {
      const refused =
        batch.length > 0 ? await fromS3('delete', () => this.client.removeObjects(this.bucket, batch)) : [];
      // The server answers 200 and names only the keys that it kept.
      const [first] = refused;
      if (first) throw s3Error(`delete of ${refused.length} of ${batch.length} objects`, refusalOf(first));
      batch = [];
    };
    for (const key of keys) {
      assertObjectKey(key);
      if (batch.push(key) === DELETE_BATCH) await flush();
    }
    await flush();
  }

  async *list(prefix: string, options: contract.ListOptions = {}): AsyncGenerator<contract.ListedObject, void> {
    let left = options.limit ?? Number.POSITIVE_INFINITY;
    if (left <= 0) return;
    const found = this.client.listObjectsV2(this.bucket, prefix, true, options.after ?? '') as AsyncIterable<{
      name?: string;
      size: number;
      lastModified?: Date;
    }>;
    try {
      for await (const { name, size, lastModified } of found) {
        if (name === undefined) continue;
        yield { key: name, sizeBytes: size, lastModified: lastModified ?? new Date(0) };
        left -= 1;
        if (left === 0) return;
      }
    } catch (error) {
      throw s3Error('list', error);
    }
  }

  createUpload(key: string, options: { readonly contentType?: string } = {}): Promise<string> {
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
    if (found) return { sizeBytes: found.sizeBytes, etag: found.etag };
    throw fault?.error ?? new AppError('OBJECT_NOT_FOUND', `object ${key} does not exist`);
  }

  abortUpload(upload: contract.UploadRef): Promise<void> {
    return this.uploads.abort(upload);
  }

  listUploads(prefix: string): AsyncIterable<contract.OpenUpload> {
    return this.uploads.list(prefix);
  }

  async sweepTemporary(): Promise<number> {
    // S3 shows an object when it is whole; what breaks off before leaves nothing but open uploads.
    return 0;
  }

  async close(): Promise<void> {
    this.connection.agent.destroy();
  }

  private get client() {
    return this.connection.client;
  }

  private open(key: string, range: contract.ByteRange | undefined): Promise<Readable> {
    if (!range) return this.client.getObject(this.bucket, key);
    const length = range.end === undefined ? 0 : range.end - range.start + 1;
    return this.client.getPartialObject(this.bucket, key, range.start, length);
  }

  private async putWhole(key: string, content: Buffer, options: contract.PutOptions): Promise<contract.StoredObject> {
    assertSize(key, content.length, options.sizeBytes);
    const headers = options.contentType === undefined ? {} : { 'Content-Type': options.contentType };
    const { etag } = await fromS3(key, () => this.client.putObject(this.bucket, key, content, content.length, headers));
    return { sizeBytes: content.length, etag };
  }

  // In parts of our own: the client would hold half a GiB, and hang when its source breaks.
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
      // The first error counts; an upload that cannot be dropped now is swept later.
      await this.uploads.abort({ key, uploadId }).catch(() => undefined);
      throw error;
    }
  }
}

// The server cuts a range to what there is, and gives an empty object whole.
function isAnswerTo({ start, end }: contract.ByteRange, sizeBytes: number): boolean {
  return end === undefined ? sizeBytes > 0 : sizeBytes === end - start + 1;
}

function refusalOf(refused: object): Error {
  const { Code: code, Message: message } = refused as { readonly Code?: string; readonly Message?: string };
  return Object.assign(new Error(message ?? 'the store kept an object'), { code });
}
