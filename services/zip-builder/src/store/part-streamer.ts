import { Readable } from 'node:stream';
import { AppError } from '@account-backups/contracts';
import { MIN_PART_BYTES, type ObjectStore, type PartRef } from '@account-backups/object-store';
import { joinedChunks } from '@account-backups/zip';
import type { PartRun, WrittenParts } from './part-writer.js';

/**
 * As `writeParts`, for a stream whose `sizeBytes` are known: parts of any size go out one at a time and none is held.
 * Throws `StreamMisjudged` when the stream is shorter or longer, and the stream's own error as it is.
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
  const tail = parts.length > 0 ? Buffer.alloc(0) : await joinedChunks(source.take(sizeBytes));
  if (!(await source.isOver())) throw new StreamMisjudged('goes on', sizeBytes);
  return { parts, tail, sizeBytes };
}

function partSizes({ partBytes, endsUpload }: PartRun, sizeBytes: number): readonly number[] {
  const sizes: number[] = [];
  let left = sizeBytes;
  for (; left >= partBytes + MIN_PART_BYTES; left -= partBytes) sizes.push(partBytes);
  return left >= MIN_PART_BYTES || (endsUpload && left > 0) ? [...sizes, left] : sizes;
}

function rethrowSource(error: unknown): never {
  throw AppError.is(error, 'OBJECT_SOURCE_FAILED') && error.cause instanceof Error ? error.cause : error;
}

/** The stream is not as long as measured: a file failed in between. */
export class StreamMisjudged extends Error {
  constructor(what: string, sizeBytes: number) {
    super(`the stream ${what}, expected ${sizeBytes} bytes`);
    this.name = 'StreamMisjudged';
  }
}

/** A stream that is read piece by piece. */
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
