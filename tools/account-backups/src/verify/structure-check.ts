// A header has one right form: the bytes that our writer makes from its fields. Anything else is damage, even where
// readers do not look: a version, an attribute, a comment, a gap between entries.
import {
  centralDirectory,
  localHeader,
  placed,
  ZipError,
  type EntryRecord,
  type ReadRange,
} from '@account-backups/zip';
import { EntryPlaces } from '../archive/entry-places.js';
import type { OpenedArchive } from '../archive/opened-archive.js';
import { FaultList, type Damage } from './findings.js';

const DIRECTORY = 'central directory';
const END = 'end of central directory';
const BAD_HEADER = 'its local header is not as it was written';

/** Checks the local headers of the entries that it is given, and everything between and after them. */
export class StructureCheck {
  private readonly damaged = new FaultList<Damage>();
  private readonly gaps = new FaultList<Damage>();
  private readonly places = new EntryPlaces();
  /** Where the next entry must begin: our writer lists entries in the order of the file. */
  private at = 0;

  constructor(private readonly archive: OpenedArchive) {}

  /** Whether the entry's content may be read: its place and its header are right. */
  async take(entry: EntryRecord): Promise<boolean> {
    const { name, offset, compressedSizeBytes } = entry;
    const expected = headerOf(entry);
    const fault = this.places.faultOf(entry) ?? (await this.headerFault(offset, expected));
    if (fault !== undefined || !expected) {
      this.damaged.add({ where: name, fault: fault ?? BAD_HEADER });
      return false;
    }
    this.expectAt(offset, name);
    this.at = offset + expected.length + compressedSizeBytes;
    return true;
  }

  async finish(): Promise<FaultList<Damage>> {
    this.expectAt(this.archive.reader.directoryOffset, DIRECTORY);
    // A wrong header leaves a gap as well, which adds nothing.
    const faults = this.damaged.count === 0 ? this.gaps : this.damaged;
    const fault = await directoryFault(this.archive);
    if (fault) faults.add(fault);
    return faults;
  }

  private async headerFault(offset: number, expected: Buffer | undefined): Promise<string | undefined> {
    const found = expected && Buffer.from(await this.archive.readRange(offset, expected.length));
    return expected && found?.equals(expected) ? undefined : BAD_HEADER;
  }

  private expectAt(from: number, where: string): void {
    if (from === this.at) return;
    this.gaps.add({ where, fault: `it begins at byte ${from}, expected ${this.at}` });
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
  // APPNOTE 4.3.12: if a central header follows, the byte lies in the directory.
  const where = sizeBytes - byte <= 98 && !tail.includes('PK\x01\x02') ? END : DIRECTORY;
  return { where, fault: `byte ${byte} is not as it was written` };
}

function firstDifference(found: Buffer, expected: Buffer): number {
  if (found.equals(expected)) return -1;
  const at = expected.findIndex((byte, index) => found[index] !== byte);
  return at < 0 ? expected.length : at;
}
