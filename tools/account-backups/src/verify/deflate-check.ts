// A deflate stream has bits that change nothing in what it says: padding, codes that nobody uses. No checksum of the
// content sees them turn. So the content is deflated again and held against the stream.
import { deflated, ZipError, type EntryRecord, localHeader } from '@account-backups/zip';
import type { Damage } from './findings.js';
import type { OpenedArchive } from './opened-archive.js';

/** Content survives a turned bit or two; another zlib, level or block size writes other streams altogether. */
const FEW_BYTES = 4;

/** Compares deflated entries in the clear with what this machine's zlib makes of their contents. */
export class DeflateCheck {
  private same = 0;
  private readonly turned: string[] = [];

  constructor(private readonly archive: OpenedArchive) {}

  async take(entry: EntryRecord): Promise<void> {
    if (entry.encrypted || entry.method !== 'deflate') return;
    const differences = await this.differences(entry);
    if (differences === 0) this.same += 1;
    else if (differences <= FEW_BYTES) this.turned.push(entry.name);
  }

  /**
   * A stream that differs from ours in a few bytes is damaged, one that differs altogether was joined of pieces, or
   * written by another version or another zlib: its content has been proved, and of its spare bits nothing is known.
   * Where few are the same as ours, one may be close to ours by chance.
   */
  finish(): readonly Damage[] {
    if (this.turned.length > this.same) return [];
    return this.turned.map((where) => ({ where, fault: 'its compressed bytes are not as they were written' }));
  }

  /** How many bytes differ; infinitely many once the streams are not of one length, or differ in more than a few. */
  private async differences(entry: EntryRecord): Promise<number> {
    const { reader, readRange } = this.archive;
    let count = 0;
    try {
      let at = entry.offset + localHeader(entry).length;
      const end = at + entry.compressedSizeBytes;
      for await (const expected of deflated(reader.content(entry))) {
        if (at + expected.length > end) return Infinity;
        count += differingBytes(Buffer.from(await readRange(at, expected.length)), expected);
        if (count > FEW_BYTES) return Infinity;
        at += expected.length;
      }
      return at === end ? count : Infinity;
    } catch (error) {
      // Whoever reads the header or the content names it.
      if (ZipError.is(error)) return 0;
      throw error;
    }
  }
}

function differingBytes(found: Buffer, expected: Buffer): number {
  if (found.equals(expected)) return 0;
  return expected.reduce((count, byte, index) => (found[index] === byte ? count : count + 1), 0);
}
