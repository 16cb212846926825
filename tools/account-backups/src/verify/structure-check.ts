// Headers have one right form: the bytes that our writer makes of what they say. Anything else is damage, also where
// readers look away: a version, an attribute, a comment, a gap between entries.
import {
  centralDirectory,
  localHeader,
  placed,
  ZipError,
  type EntryRecord,
  type ReadRange,
} from '@account-backups/zip';
import type { Damage } from './findings.js';
import type { OpenedArchive } from './opened-archive.js';

const DIRECTORY = 'central directory';
const END = 'end of central directory';

/** Checks the local headers of the entries that it is shown, and then all that lies between and behind them. */
export class StructureCheck {
  private readonly spans: { readonly name: string; readonly from: number; readonly to: number }[] = [];
  private readonly damaged: Damage[] = [];

  constructor(private readonly archive: OpenedArchive) {}

  async take(entry: EntryRecord): Promise<void> {
    const { name, offset, compressedSizeBytes } = entry;
    const expected = headerOf(entry);
    const found = expected && Buffer.from(await this.archive.readRange(offset, expected.length));
    if (!expected || !found?.equals(expected)) {
      this.damaged.push({ where: name, fault: 'its local header is not as it was written' });
      return;
    }
    this.spans.push({ name, from: offset, to: offset + expected.length + compressedSizeBytes });
  }

  async finish(): Promise<readonly Damage[]> {
    const { reader } = this.archive;
    // One wrong header has a gap for its consequence, which says nothing more.
    if (this.damaged.length === 0) this.damaged.push(...gaps(this.spans, reader.directoryOffset));
    const fault = await directoryFault(this.archive);
    return fault ? [...this.damaged, fault] : this.damaged;
  }
}

function headerOf(entry: EntryRecord): Buffer | undefined {
  try {
    return localHeader(entry);
  } catch (error) {
    if (ZipError.is(error)) return undefined;
    throw error;
  }
}

function gaps(
  spans: readonly { readonly name: string; readonly from: number; readonly to: number }[],
  end: number,
): readonly Damage[] {
  const found: Damage[] = [];
  let at = 0;
  for (const { name, from, to } of spans.toSorted((a, b) => a.from - b.from)) {
    if (from !== at) found.push({ where: name, fault: `it begins at byte ${from}, expected ${at}` });
    at = to;
  }
  if (at !== end) found.push({ where: DIRECTORY, fault: `it begins at byte ${end}, expected ${at}` });
  return found;
}

async function directoryFault({ reader, readRange, sizeBytes }: OpenedArchive): Promise<Damage | undefined> {
  let at = reader.directoryOffset;
  const records = placedOf(reader.entries());
  try {
    for await (const expected of centralDirectory(records, reader.directoryOffset)) {
      const found = Buffer.from(await readRange(at, expected.length));
      const differs = firstDifference(found, expected);
      if (differs >= 0) return await damageAt(readRange, at + differs, sizeBytes);
      at += expected.length;
    }
  } catch (error) {
    if (!ZipError.is(error)) throw error;
    return { where: error.entryName ?? DIRECTORY, fault: error.message };
  }
  return at === sizeBytes ? undefined : { where: END, fault: `${sizeBytes - at} bytes lie behind it` };
}

async function* placedOf(entries: AsyncIterable<EntryRecord>) {
  for await (const entry of entries) yield* placed([entry], 0);
}

async function damageAt(readRange: ReadRange, byte: number, sizeBytes: number): Promise<Damage> {
  const tail = Buffer.from(await readRange(byte, Math.min(sizeBytes - byte, 98)));
  // Signatures of APPNOTE 4.3.12: another central header behind the place means that it lies in the directory.
  const where = sizeBytes - byte <= 98 && !tail.includes('PK\x01\x02') ? END : DIRECTORY;
  return { where, fault: `byte ${byte} is not as it was written` };
}

function firstDifference(found: Buffer, expected: Buffer): number {
  if (found.equals(expected)) return -1;
  const at = expected.findIndex((byte, index) => found[index] !== byte);
  return at < 0 ? expected.length : at;
}
