import { createHash } from 'node:crypto';
import { once } from 'node:events';
import http, { type ClientRequest, type IncomingMessage } from 'node:http';
import https from 'node:https';
import { Transform, type Readable, type TransformCallback } from 'node:stream';
import { text } from 'node:stream/consumers';
import { pipeline } from 'node:stream/promises';
import { AppError } from '@account-backups/contracts';
import { assertSize } from '../content/content-blocks.js';
import type { PartContent, StoredPart } from '../object-store.js';
import { SILENCE_MS, type S3Connection } from './s3.client.js';
import { fromS3 } from './s3.error.js';

const SIGNED_SECONDS = 3_600;

type PartStream = PartContent & { readonly content: Readable };

/**
 * Puts a part from a stream without holding it: the client would need all of it in memory, to sign its hash. The URL is
 * signed instead, and the etag proves what arrived: for a part it is the MD5 of its bytes (Amazon S3 API reference,
 * UploadPart). Any other etag, such as that of a store that encrypts with keys of its own (SSE-KMS), proves nothing and
 * is refused with `OBJECT_CORRUPT`.
 */
export async function streamPart(connection: S3Connection, bucket: string, part: PartStream): Promise<StoredPart> {
  const { key, uploadId, partNumber, content, sizeBytes } = part;
  if (sizeBytes === undefined) {
    throw new AppError('VALIDATION_FAILED', `part ${partNumber} is a stream of unknown size, expected sizeBytes`);
  }
  const query = { partNumber: String(partNumber), uploadId };
  const url = await fromS3(key, () => connection.client.presignedUrl('PUT', bucket, key, SIGNED_SECONDS, query));
  const meter = new PartMeter(key, sizeBytes);
  const answer = await fromS3(key, () => send(connection, url, { content, meter, sizeBytes }));
  const etag = (answer.headers.etag ?? '').replace(/^"|"$/g, '');
  if (etag === meter.md5()) return { partNumber, etag, sizeBytes };
  throw new AppError(
    'OBJECT_CORRUPT',
    `part ${partNumber} of ${key} has the etag ${etag}, expected the MD5 of what was sent`,
  );
}

interface Body {
  readonly content: Readable;
  readonly meter: PartMeter;
  readonly sizeBytes: number;
}

async function send(
  { agent }: S3Connection,
  url: string,
  { content, meter, sizeBytes }: Body,
): Promise<IncomingMessage> {
  const { request: open } = url.startsWith('https:') ? https : http;
  const request = open(url, { method: 'PUT', agent, headers: { 'content-length': sizeBytes } });
  request.setTimeout(SILENCE_MS, () => request.destroy(new Error(`nothing moved for ${SILENCE_MS} ms`)));
  const answered = answerTo(request);
  // A refusal may come before the whole body is sent, which then breaks off; the refusal says more.
  answered.catch(() => undefined);
  try {
    await pipeline(content, meter, request);
  } catch (cause) {
    const broken = content.errored ?? meter.failure;
    if (broken) throw AppError.is(broken) ? broken : sourceFailed(broken);
    return await answered.catch(() => Promise.reject(cause as Error));
  }
  return answered;
}

async function answerTo(request: ClientRequest): Promise<IncomingMessage> {
  const [answer] = (await once(request, 'response')) as [IncomingMessage];
  const body = await text(answer);
  if (answer.statusCode === 200) return answer;
  const code = /<Code>([^<]+)<\/Code>/.exec(body)?.[1];
  throw Object.assign(new Error(`the store answered ${answer.statusCode}`), code === undefined ? {} : { code });
}

function sourceFailed(cause: unknown): AppError {
  return new AppError('OBJECT_SOURCE_FAILED', 'the content to store broke off', { cause });
}

/** Lets exactly the promised bytes through, and hashes them. */
class PartMeter extends Transform {
  failure: AppError | undefined;
  private readonly hash = createHash('md5');
  private passedBytes = 0;

  constructor(
    private readonly key: string,
    private readonly promisedBytes: number,
  ) {
    super();
  }

  md5(): string {
    return this.hash.digest('hex');
  }

  override _transform(chunk: Buffer, _encoding: BufferEncoding, done: TransformCallback): void {
    this.passedBytes += chunk.length;
    if (this.passedBytes > this.promisedBytes) return this.check(done);
    this.hash.update(chunk);
    done(null, chunk);
  }

  override _flush(done: TransformCallback): void {
    this.check(done);
  }

  private check(done: TransformCallback): void {
    try {
      assertSize(this.key, this.passedBytes, this.promisedBytes);
      done();
    } catch (error) {
      this.failure = error as AppError;
      done(this.failure);
    }
  }
}
