import { discard } from '@account-backups/zip';

const FIRST_BYTES = 256 * 1024;
const MAX_UTF8_BYTES = 3;
const LINE_END = 0x0a;

/**
 * Lines of text, gathered outside V8's heap. Thousands of strings that live until their segment is full would be
 * promoted to the old generation and stay until a full collection.
 */
export class PlanLines {
  private memory = Buffer.allocUnsafeSlow(FIRST_BYTES);
  private filledBytes = 0;

  add(line: string): void {
    this.makeRoom(line.length * MAX_UTF8_BYTES + 1);
    this.filledBytes += this.memory.write(line, this.filledBytes);
    this.filledBytes = this.memory.writeUInt8(LINE_END, this.filledBytes);
  }

  /** Takes all lines, each with its line end. The memory may be discarded. */
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
