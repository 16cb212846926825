import { createHash } from 'node:crypto';
import { Transform, type TransformCallback } from 'node:stream';
import { crc32 } from 'node:zlib';
import { AppError } from '@account-backups/contracts';

/** Passes content of at most `maxBytes` through and takes its size, SHA-256 and CRC-32 on the way. */
export class ContentDigest extends Transform {
  private readonly hash = createHash('sha256');
  private crc = 0;
  private size = 0;

  constructor(private readonly maxBytes: number) {
    super();
  }

  override _transform(chunk: Buffer, _encoding: BufferEncoding, done: TransformCallback): void {
    this.size += chunk.length;
    if (this.size > this.maxBytes) return done(contentTooLarge(this.maxBytes));
    this.hash.update(chunk);
    this.crc = crc32(chunk, this.crc);
    done(null, chunk);
  }

  /** Call once, after the last byte has passed. */
  result(): { sizeBytes: number; sha256: string; crc32: number } {
    return { sizeBytes: this.size, sha256: this.hash.digest('hex'), crc32: this.crc };
  }
}

export function contentTooLarge(maxBytes: number): AppError {
  return new AppError('PAYLOAD_TOO_LARGE', `the content of a file may have ${maxBytes} bytes`);
}
