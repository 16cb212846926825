import { Transform, type TransformCallback } from 'node:stream';

/** Counts what passes. */
export class SentBytes extends Transform {
  bytes = 0;

  override _transform(chunk: Buffer, _encoding: BufferEncoding, done: TransformCallback): void {
    this.bytes += chunk.length;
    done(null, chunk);
  }
}
