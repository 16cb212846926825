import { discard } from '@account-backups/zip';

const FIRST_BYTES = 256 * 1024;
const MOST_UTF8_BYTES = 3;
const LINE_END = 0x0a;

/**
 * Lines of text, gathered in memory outside of V8's heap: thousands of strings that live until their segment is full would be taken
 * for old, and lie about until all of the heap is looked through.
 */
export class PlanLines {
  private memory = Buffer.allocUnsafeSlow(FIRST_BYTES);
  private filledBytes = 0;

  add(line: string): void {
    this.makeRoom(line.length * MOST_UTF8_BYTES + 1);
    this.filledBytes += this.memory.write(line, this.filledBytes);
    this.filledBytes = this.memory.writeUInt8(LINE_END, this.filledBytes);
  }

  /** All of them, each with its end; nothing is left. The memory may be discarded. */
  take(): Buffer<ArrayBuffer> {
    const all = this.memory.subarray(0, this.filledBytes);
    this.memory = Buffer.allocUnsafeSlow(FIRST_BYTES);
    this.filledBytes = 0;
    return all;
  }

  private makeRoom(sizeBytes: number): void {
    const neededBytes = this.filledBytes + sizeBytes;
    if (neededBytes <= this.memory.length) return;
    const larger = Buffer.allocUnsafeSlow(Math.max(neededBytes, 2 * this.memory.length));
    this.memory.copy(larger, 0, 0, this.filledBytes);
    discard(this.memory);
    this.memory = larger;
  }
}
