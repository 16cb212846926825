import { writeSync } from 'node:fs';

const STANDARD_OUTPUT = 1;
/** How long a reader that does not keep up is waited for; not at all while lines are being dropped. */
const PATIENCE_MS = 1_000;
const PAUSE_MS = 10;

/** Writes some of the bytes now and gives how many, or throws, as `writeSync` does. */
type WriteSome = (bytes: Buffer) => number;

/**
 * Where the lines of a log go. A full disk, or a reader that left, costs the lines that cannot be written, never the
 * work that they tell of; pino's own destination ends the process, and tries for ever while that ends.
 */
export class LogOutput {
  private dropped = 0;

  constructor(
    /** The line, with its line break, that says how many were dropped once lines are taken again. */
    private readonly notice: (dropped: number) => string,
    private readonly writeSome: WriteSome = (bytes) => writeSync(STANDARD_OUTPUT, bytes),
  ) {}

  /** `line` has its line break. */
  write(line: string): void {
    // What was dropped may have been cut off in the middle.
    const text = this.dropped > 0 ? `\n${this.notice(this.dropped)}${line}` : line;
    this.dropped = this.isWritten(Buffer.from(text)) ? 0 : this.dropped + 1;
  }

  private isWritten(bytes: Buffer): boolean {
    const endsAt = performance.now() + (this.dropped > 0 ? 0 : PATIENCE_MS);
    let written = 0;
    while (written < bytes.length) {
      try {
        written += this.writeSome(bytes.subarray(written));
      } catch (error) {
        if (!isBusy(error) || performance.now() >= endsAt) return false;
        pause();
      }
    }
    return true;
  }
}

function isBusy(error: unknown): boolean {
  return error instanceof Error && 'code' in error && error.code === 'EAGAIN';
}

function pause(): void {
  Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0, PAUSE_MS);
}
