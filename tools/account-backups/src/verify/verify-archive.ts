import { ZipError, type EntryRecord } from '@account-backups/zip';
import type { OpenedArchive } from '../archive/opened-archive.js';
import type { Origin } from '../archive/provenance-head.js';
import { BagReading } from './bag-reading.js';
import { EntryReading } from './entry-reading.js';
import type { ExceptionCounts } from './exception-counts.js';
import { Faults, type Damage, type Findings } from './findings.js';
import { StructureCheck } from './structure-check.js';

interface VerifiedArchive {
  readonly findings: Findings;
  /** What the archive says it is of. */
  readonly origin: Origin;
  /** What the archive says it lacks; null where it does not say. */
  readonly exceptions: ExceptionCounts | null;
}

/** What the check of headers and directory says about the contents. */
interface CheckedStructure {
  /** The top folder that most entries share, its slash included: one damaged name must not decide. */
  readonly root: string;
  /** Entries whose contents are not read, by their number in the directory. */
  readonly bad: ReadonlySet<number>;
}

/**
 * Reads every byte of an archive: checks headers against what our writer makes of them, and only then contents against
 * the archive's own manifests. Contents of entries that share bytes, or claim more than theirs can hold, are not read:
 * so the work is bounded by the size of the file. Memory: less than 100 bytes per entry. Throws `ARCHIVE_UNREADABLE` if
 * there is no manifest, and the reader's `PASSWORD_REQUIRED` or `WRONG_PASSWORD`.
 */
export async function verifyArchive(archive: OpenedArchive, password: string | undefined): Promise<VerifiedArchive> {
  const { reader } = archive;
  const faults = new Faults();
  const { root, bad } = await checkStructure(archive, faults);
  const bag = new BagReading(new EntryReading(reader, password), root, faults);
  let number = 0;
  const broken = await breakOf(async () => {
    for await (const entry of reader.entries()) await bag.take(entry, !bad.has(number++));
  });
  // What an archive lacks whose directory breaks off cannot be known.
  if (!broken) await bag.settle(reader.entries());
  const exceptions = await bag.exceptions();
  return { findings: faults.findings(bag.checked), origin: await bag.origin(), exceptions };
}

async function checkStructure(archive: OpenedArchive, { damaged }: Faults): Promise<CheckedStructure> {
  const structure = new StructureCheck(archive);
  const roots = new MostFrequent();
  const bad = new Set<number>();
  let number = 0;
  const broken = await breakOf(async () => {
    for await (const entry of archive.reader.entries()) {
      roots.add(rootOf(entry));
      if (!(await structure.take(entry))) bad.add(number);
      number += 1;
    }
  });
  if (broken) damaged.add(broken);
  else damaged.addAll(await structure.finish());
  return { root: roots.text ?? '', bad };
}

const rootOf = ({ name }: EntryRecord) => name.slice(0, name.indexOf('/') + 1);

/** Of many texts, the one that more than half of them are (Boyer and Moore), in the memory of one. */
class MostFrequent {
  text: string | undefined;
  private lead = 0;

  add(text: string): void {
    if (this.lead === 0) this.text = text;
    this.lead += this.text === text ? 1 : -1;
  }
}

/** A directory that cannot be read to its end is damage, too. */
async function breakOf(work: () => Promise<void>): Promise<Damage | undefined> {
  try {
    await work();
    return undefined;
  } catch (error) {
    if (!ZipError.is(error, 'BAD_DIRECTORY', 'UNSUPPORTED', 'TRUNCATED')) throw error;
    return { where: error.entryName ?? 'central directory', fault: error.message };
  }
}
