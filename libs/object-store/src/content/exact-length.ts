import { Transform, type TransformCallback } from 'node:stream';
import { AppError, KIB } from '@account-backups/contracts';

/** Lets bytes through and fails with `failure()` unless there are exactly `expectedBytes`. */
export class ExactLength extends Transform {
  private receivedBytes = 0;
  private abortReason: unknown;

  constructor(
    private readonly expectedBytes: number,
    private readonly failure: (reason: string, cause?: unknown) => AppError,
  ) {
    super({ highWaterMark: 256 * KIB });
  }

  /** Fails with the signal's reason, as it is, when the signal fires. */
  endBy(signal: AbortSignal): this {
    const end = () => {
      this.abortReason = signal.reason;
      this.destroy(signal.reason as Error);
    };
    signal.addEventListener('abort', end, { once: true });
    this.once('close', () => signal.removeEventListener('abort', end));
    if (signal.aborted) end();
    return this;
  }

  override _transform(chunk: Buffer, _encoding: BufferEncoding, done: TransformCallback): void {
    this.receivedBytes += chunk.length;
    if (this.receivedBytes > this.expectedBytes) return done(this.wrongLength());
    done(null, chunk);
  }

  override _flush(done: TransformCallback): void {
    done(this.receivedBytes === this.expectedBytes ? null : this.wrongLength());
  }

  // Whatever broke the source, the reader sees our error; an abort stays what the caller gave as its reason.
  override _destroy(error: Error | null, done: (error?: Error | null) => void): void {
    if (!error || error instanceof AppError || error === this.abortReason) return done(error);
    done(this.failure(`broke off after ${this.receivedBytes} of ${this.expectedBytes} bytes`, error));
  }

  private wrongLength(): AppError {
    return this.failure(`gave ${this.receivedBytes} bytes, expected ${this.expectedBytes}`);
  }
}
