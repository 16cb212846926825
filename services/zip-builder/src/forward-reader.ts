import { AppError } from '@account-backups/contracts';
import { ThreadedSha256 } from './sha256-thread.js';

/** Bytes taken from a stream piece by piece, and the SHA-256 of all of it. Memory: what is taken. */
export class ForwardReader {
  private readonly hash = new ThreadedSha256();
  private readonly chunks: AsyncIterator<Buffer>;
  private left: Buffer = Buffer.alloc(0);
  private underWay: Promise<unknown> = Promise.resolve();
  private promisedBytes = 0;

  constructor(stream: AsyncIterable<Buffer>) {
    this.chunks = stream[Symbol.asyncIterator]();
  }

  /** Where the next piece begins, after all that were asked for. */
  get position(): number {
    return this.promisedBytes;
  }

  /** The next `length` bytes; may be called again before they have come. Throws `ARCHIVE_UNREADABLE` when there are fewer. */
  take(length: number): Promise<Buffer> {
    this.promisedBytes += length;
    return this.next(() => this.read(length));
  }

  /** Reads to the end. Once. */
  sha256(): Promise<string> {
    return this.next(async () => {
      while (await this.fill()) this.left = Buffer.alloc(0);
      return this.hash.digest();
    });
  }

  async close(): Promise<void> {
    this.hash.abandon();
    await this.chunks.return?.();
  }

  private next<T>(work: () => Promise<T>): Promise<T> {
    const done = this.underWay.then(work);
    // Heard by whoever asked.
    this.underWay = done.catch(() => undefined);
    return done;
  }

  private async read(length: number): Promise<Buffer> {
    const pieces: Buffer[] = [];
    for (let wanted = length; wanted > 0;) {
      if (!(await this.fill())) throw new AppError('ARCHIVE_UNREADABLE', `the archive ends ${wanted} bytes early`);
      const piece = this.left.subarray(0, wanted);
      this.left = this.left.subarray(piece.length);
      pieces.push(piece);
      wanted -= piece.length;
    }
    const [first] = pieces;
    return pieces.length === 1 && first ? first : Buffer.concat(pieces, length);
  }

  private async fill(): Promise<boolean> {
    while (this.left.length === 0) {
      const next = await this.chunks.next();
      if (next.done === true) return false;
      this.left = next.value;
      await this.hash.update(next.value);
    }
    return true;
  }
}
