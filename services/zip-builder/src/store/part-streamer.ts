import { Readable } from 'node:stream';
import { AppError } from '@account-backups/contracts';
import { minPartBytes, type ObjectStore, type PartRef } from '@account-backups/object-store';
import type { PartRun, WrittenParts } from './part-writer.js';

/**
 * As `writeParts`, for a stream that is known to have `sizeBytes`: no part is held, whatever its size; one goes out
 * at a time. Throws `StreamMisjudged` when the stream ends before or goes on beyond, and the stream's own error as it is.
 */
export async function streamParts(
  store: ObjectStore,
  run: PartRun,
  bytes: AsyncIterable<Buffer>,
  sizeBytes: number,
): Promise<WrittenParts> {
  const source = new CutStream(bytes);
  const parts: PartRef[] = [];
  for (const partBytes of partSizes(run, sizeBytes)) {
    const part = {
      key: run.key,
      uploadId: run.uploadId,
      partNumber: run.firstPart + parts.length,
      sizeBytes: partBytes,
    };
    const content = Readable.from(source.take(partBytes), { objectMode: false });
    const { partNumber, etag } = await store.putPart({ ...part, content }).catch(rethrowSource);
    parts.push({ partNumber, etag });
  }
  const rest = parts.length > 0 ? Buffer.alloc(0) : await joined(source.take(sizeBytes));
  if (!(await source.isOver())) throw new StreamMisjudged('goes on', sizeBytes);
  return { parts, rest, sizeBytes };
}

function partSizes({ partBytes, endsUpload }: PartRun, sizeBytes: number): readonly number[] {
  const sizes: number[] = [];
  let left = sizeBytes;
  for (; left >= partBytes + minPartBytes; left -= partBytes) sizes.push(partBytes);
  return left >= minPartBytes || (endsUpload && left > 0) ? [...sizes, left] : sizes;
}

function rethrowSource(error: unknown): never {
  throw AppError.is(error, 'OBJECT_SOURCE_FAILED') && error.cause instanceof Error ? error.cause : error;
}

async function joined(chunks: AsyncIterable<Buffer>): Promise<Buffer> {
  const all: Buffer[] = [];
  for await (const chunk of chunks) all.push(chunk);
  return Buffer.concat(all);
}

/** What was measured is not what came: a file failed in between. */
export class StreamMisjudged extends Error {
  constructor(what: string, sizeBytes: number) {
    super(`the stream ${what}, expected ${sizeBytes} bytes`);
    this.name = 'StreamMisjudged';
  }
}

/** A stream that is taken piece by piece. */
class CutStream {
  private readonly chunks: AsyncIterator<Buffer>;
  private left: Buffer = Buffer.alloc(0);

  constructor(bytes: AsyncIterable<Buffer>) {
    this.chunks = bytes[Symbol.asyncIterator]();
  }

  async *take(sizeBytes: number): AsyncGenerator<Buffer> {
    for (let wanted = sizeBytes; wanted > 0;) {
      if (!(await this.fill())) throw new StreamMisjudged('ends early', sizeBytes);
      const piece = this.left.subarray(0, wanted);
      this.left = this.left.subarray(piece.length);
      wanted -= piece.length;
      yield piece;
    }
  }

  async isOver(): Promise<boolean> {
    return !(await this.fill());
  }

  private async fill(): Promise<boolean> {
    while (this.left.length === 0) {
      const next = await this.chunks.next();
      if (next.done) return false;
      this.left = next.value;
    }
    return true;
  }
}
