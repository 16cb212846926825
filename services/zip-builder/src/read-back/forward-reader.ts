import { AppError } from '@account-backups/contracts';
import { sha256Frame, ThreadedSha256 } from '../store/threaded-sha256.js';
import { copyShared, type SharedBytes } from '../store/shared-bytes.js';

/** Reads a stream piece by piece and takes the SHA-256 of all of it. Memory: what is read, and a frame. */
export class ForwardReader {
  private readonly hash = new ThreadedSha256();
  private readonly chunks: AsyncIterator<Buffer>;
  private left: Buffer = Buffer.alloc(0);
  private frame: SharedBytes | undefined;
  private filledBytes = 0;
  private readBytes = 0;
  private streamedBytes = 0;
  private isOver = false;
  private underWay: Promise<unknown> = Promise.resolve();
  private promisedBytes = 0;

  constructor(stream: AsyncIterable<Buffer>) {
    this.chunks = stream[Symbol.asyncIterator]();
  }

  /** Where the next piece begins, after all pieces asked for so far. */
  get position(): number {
    return this.promisedBytes;
  }

  /**
   * The next `length` bytes; may be called again before they have come. Throws `ARCHIVE_UNREADABLE` when there are
   * fewer.
   */
  take(length: number): Promise<Buffer> {
    this.promisedBytes += length;
    return this.next(async () => {
      const bytes = Buffer.allocUnsafe(length);
      for (let at = 0; at < length;) at += copyShared(await this.piece(length - at), bytes, at);
      return bytes;
    });
  }

  /**
   * As many of the next `length` bytes as lie together, at least one; valid until the next call. Throws
   * `ARCHIVE_UNREADABLE` when there are none. One call at a time.
   */
  async some(length: number): Promise<Buffer> {
    const piece = await this.next(() => this.piece(length));
    this.promisedBytes += piece.length;
    return piece;
  }

  /** Reads to the end. Once. Throws `ARCHIVE_UNREADABLE` unless there were `sizeBytes` in all. */
  sha256(sizeBytes: number): Promise<string> {
    return this.next(async () => {
      while (await this.fill()) this.readBytes = this.filledBytes;
      if (this.streamedBytes === sizeBytes) return this.hash.digest();
      const found = `the archive has ${this.streamedBytes} bytes, expected ${sizeBytes}`;
      throw new AppError('ARCHIVE_UNREADABLE', found);
    });
  }

  async close(): Promise<void> {
    this.hash.abandon();
    await this.chunks.return?.();
  }

  private next<T>(work: () => Promise<T>): Promise<T> {
    const done = this.underWay.then(work);
    // Thrown where it is awaited.
    this.underWay = done.catch(() => undefined);
    return done;
  }

  private async piece(mostBytes: number): Promise<Buffer> {
    if (!(await this.fill()) || !this.frame) {
      throw new AppError('ARCHIVE_UNREADABLE', `the archive ends ${mostBytes} bytes early`);
    }
    const start = this.readBytes;
    this.readBytes = Math.min(this.filledBytes, start + mostBytes);
    return Buffer.from(this.frame.buffer, start, this.readBytes - start);
  }

  /** Whether there is something to read; fills the next frame when this one is used up. */
  private async fill(): Promise<boolean> {
    if (this.readBytes < this.filledBytes) return true;
    if (this.isOver) return false;
    if (this.frame) this.hash.pass(this.frame, this.filledBytes);
    this.frame = await sha256Frame();
    this.readBytes = 0;
    this.filledBytes = await this.fillFrame(this.frame);
    this.streamedBytes += this.filledBytes;
    this.isOver = this.filledBytes === 0;
    return !this.isOver;
  }

  private async fillFrame(frame: SharedBytes): Promise<number> {
    let filled = 0;
    while (filled < frame.length) {
      if (this.left.length === 0) {
        const next = await this.chunks.next();
        if (next.done === true) break;
        this.left = next.value;
      }
      const copied = copyShared(this.left, frame, filled);
      this.left = this.left.subarray(copied);
      filled += copied;
    }
    return filled;
  }
}
