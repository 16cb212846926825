// An archive of a million entries is checked without a million strings in memory: an entry takes 49 bytes in a page and
// a slot of 8 to 16 bytes in a hash table. Names are read again when they are needed.
import { createHash } from 'node:crypto';

const PAGE_RECORDS = 4_096;
const KEY_BYTES = 16;
const DIGEST_BYTES = 32;
const FLAG_AT = KEY_BYTES + DIGEST_BYTES;
const RECORD_BYTES = FLAG_AT + 1;
const READABLE = 1;
const PROMISED = 2;

/** How a promise compares with what was found; `unreadable` was noted so, `repeated` was promised before. */
type Verdict = 'kept' | 'missing' | 'altered' | 'unreadable' | 'repeated';

/** Paths with the SHA-256 of what was found there; 57 to 65 bytes a path, whatever its length. */
export class ContentLedger {
  private readonly pages: Buffer[] = [];
  // Record numbers, from 1. The length is a power of two; at most half of the slots are taken.
  private slots = new Uint32Array(16_384);
  private count = 0;

  get size(): number {
    return this.count;
  }

  /** Notes the SHA-256 found at a path, or null if it cannot be read. False if the path is noted already. */
  note(path: string, sha256: Buffer | null): boolean {
    const key = keyOf(path);
    if (this.find(key)) return false;
    const record = this.newRecord();
    key.copy(record);
    sha256?.copy(record, KEY_BYTES);
    record.writeUInt8(sha256 ? READABLE : 0, FLAG_AT);
    if (this.count * 2 > this.slots.length) this.grow();
    else this.place(key, this.count);
    return true;
  }

  /** Compares a promised SHA-256 with what was found at the path, which counts as promised from then on. */
  settle(path: string, sha256: Buffer): Verdict {
    const record = this.find(keyOf(path));
    if (!record) return 'missing';
    const flags = record.readUInt8(FLAG_AT);
    if ((flags & PROMISED) !== 0) return 'repeated';
    record.writeUInt8(flags | PROMISED, FLAG_AT);
    if ((flags & READABLE) === 0) return 'unreadable';
    return record.subarray(KEY_BYTES, FLAG_AT).equals(sha256) ? 'kept' : 'altered';
  }

  has(path: string): boolean {
    return this.find(keyOf(path)) !== undefined;
  }

  isPromised(path: string): boolean {
    return ((this.find(keyOf(path))?.readUInt8(FLAG_AT) ?? 0) & PROMISED) !== 0;
  }

  private newRecord(): Buffer {
    if (this.count % PAGE_RECORDS === 0) this.pages.push(Buffer.alloc(PAGE_RECORDS * RECORD_BYTES));
    this.count += 1;
    return this.record(this.count);
  }

  private record(number: number): Buffer {
    const page = this.pages[Math.floor((number - 1) / PAGE_RECORDS)] ?? Buffer.alloc(RECORD_BYTES);
    const at = ((number - 1) % PAGE_RECORDS) * RECORD_BYTES;
    return page.subarray(at, at + RECORD_BYTES);
  }

  private find(key: Buffer): Buffer | undefined {
    const mask = this.slots.length - 1;
    for (let slot = key.readUInt32LE(0) & mask; ; slot = (slot + 1) & mask) {
      const number = this.slots[slot] ?? 0;
      if (number === 0) return undefined;
      const record = this.record(number);
      if (record.subarray(0, KEY_BYTES).equals(key)) return record;
    }
  }

  private place(key: Buffer, number: number): void {
    const mask = this.slots.length - 1;
    let slot = key.readUInt32LE(0) & mask;
    while (this.slots[slot] !== 0) slot = (slot + 1) & mask;
    this.slots[slot] = number;
  }

  private grow(): void {
    this.slots = new Uint32Array(this.slots.length * 2);
    for (let number = 1; number <= this.count; number += 1) this.place(this.record(number), number);
  }
}

// 128 bits of SHA-256: no two paths of one archive share them.
function keyOf(path: string): Buffer {
  return createHash('sha256').update(path).digest().subarray(0, KEY_BYTES);
}
