import { createHash } from 'node:crypto';
import { Transform, type TransformCallback } from 'node:stream';
import { crc32 } from 'node:zlib';

/** Passes content through and takes its size, SHA-256 and CRC-32 on the way. */
export class ContentDigest extends Transform {
  private readonly hash = createHash('sha256');
  private crc = 0;
  private size = 0;

  override _transform(chunk: Buffer, _encoding: BufferEncoding, done: TransformCallback): void {
    this.hash.update(chunk);
    this.crc = crc32(chunk, this.crc);
    this.size += chunk.length;
    done(null, chunk);
  }

  /** Call once, after the last byte has passed. */
  result(): { sizeBytes: number; sha256: string; crc32: number } {
    return { sizeBytes: this.size, sha256: this.hash.digest('hex'), crc32: this.crc };
  }
}
