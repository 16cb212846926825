// A deflate stream has bits that change nothing in what it says: padding, codes that nobody uses. No checksum of the
// content sees them turn. So the content is deflated again and held against the stream.
import { deflated, ZipError, type EntryRecord, localHeader } from '@account-backups/zip';
import type { Damage } from './findings.js';
import type { OpenedArchive } from './opened-archive.js';

/** Compares deflated entries in the clear with what this machine's zlib makes of their contents. */
export class DeflateCheck {
  private same = 0;
  private readonly others: string[] = [];

  constructor(private readonly archive: OpenedArchive) {}

  async take(entry: EntryRecord): Promise<void> {
    if (entry.encrypted || entry.method !== 'deflate') return;
    if (await this.isReproduced(entry)) this.same += 1;
    else this.others.push(entry.name);
  }

  /** Where most entries are reproduced, the others are damaged. Another zlib reproduces none: then nothing is known. */
  finish(): readonly Damage[] {
    if (this.others.length >= this.same) return [];
    return this.others.map((where) => ({ where, fault: 'its compressed bytes are not as they were written' }));
  }

  private async isReproduced(entry: EntryRecord): Promise<boolean> {
    const { reader, readRange } = this.archive;
    let at = entry.offset + localHeader(entry).length;
    const end = at + entry.compressedSizeBytes;
    try {
      for await (const expected of deflated(reader.content(entry))) {
        const found = Buffer.from(await readRange(at, expected.length));
        if (!found.equals(expected)) return false;
        at += expected.length;
      }
    } catch (error) {
      // Whoever reads the content names it.
      if (ZipError.is(error)) return true;
      throw error;
    }
    return at === end;
  }
}
