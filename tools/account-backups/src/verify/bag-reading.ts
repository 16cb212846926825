import { parseManifestLine, PAYLOAD_MANIFEST, PROVENANCE_PATH, TAG_MANIFEST } from '@account-backups/bag';
import { AppError } from '@account-backups/contracts';
import type { EntryRecord } from '@account-backups/zip';
import { boundedLines } from '../archive/bounded-lines.js';
import { originOf, type Origin } from '../archive/provenance-head.js';
import { EXCEPTIONS_PATH, MAX_EXCEPTION_BYTES } from '../csv/exceptions-table.js';
import { ContentLedger } from './content-ledger.js';
import type { EntryReading } from './entry-reading.js';
import { exceptionCounts, type ExceptionCounts } from './exception-counts.js';
import type { Faults } from './findings.js';

const MANIFESTS = [PAYLOAD_MANIFEST, TAG_MANIFEST];
const READ_AGAIN = [...MANIFESTS, PROVENANCE_PATH, EXCEPTIONS_PATH];

/** A checksum, two blanks and the longest name of an entry, every character of it percent-encoded. */
const MAX_LINE_BYTES = 66 + 3 * 65_535;
/** A manifest that promises so many files more than there are is not read on. */
const MAX_BROKEN_PROMISES = 100_000;

/** Checks the contents of a bag against its manifests, in less than 100 bytes of memory per entry. */
export class BagReading {
  private readonly ledger = new ContentLedger();
  private readonly readAgain = new Map<string, EntryRecord>();
  private readonly unreadable = new Set<string>();
  private promised = 0;

  /** `root` is the top folder, its slash included. */
  constructor(
    private readonly reading: EntryReading,
    private readonly root: string,
    private readonly faults: Faults,
  ) {}

  /** How many entries of the bag were taken. */
  get checked(): number {
    return this.ledger.size;
  }

  /** Reads an entry, unless its place is bad: then only its name counts. */
  async take(entry: EntryRecord, isReadable: boolean): Promise<void> {
    if (entry.name.endsWith('/')) return;
    const path = this.pathOf(entry);
    if (!entry.name.startsWith(this.root) || this.ledger.has(path)) {
      // outside the bag, or a second entry of the same name that some reader may prefer
      this.faults.extra.add(entry.name);
      return;
    }
    const sha256 = isReadable ? await this.reading.digest(entry) : null;
    this.ledger.note(path, sha256);
    if (sha256 === null) this.faults.altered.add(path);
    if (!READ_AGAIN.includes(path)) return;
    if (sha256 === null) this.unreadable.add(path);
    else this.readAgain.set(path, entry);
  }

  /** Once all entries are taken; `entries` yields them again. Throws `ARCHIVE_UNREADABLE` if nothing is promised. */
  async settle(entries: AsyncIterable<EntryRecord>): Promise<void> {
    for (const path of MANIFESTS) await this.keepPromises(path);
    // An unreadable manifest is reported as altered or damaged.
    if (this.promised === 0 && this.unreadable.size === 0) this.lackManifest();
    // No manifest lists the tag manifest; its CRC or its authentication code covers it.
    if (!this.ledger.has(TAG_MANIFEST)) this.faults.missing.add(TAG_MANIFEST);
    // What an unreadable manifest promises cannot be known.
    if (!MANIFESTS.some((path) => this.unreadable.has(path))) await this.findUnpromised(entries);
  }

  /** What `provenance.json` says. */
  async origin(): Promise<Origin> {
    const entry = this.readAgain.get(PROVENANCE_PATH);
    return entry ? originOf(this.reading.content(entry)) : { backupId: null, accountId: null };
  }

  /** What `exceptions.csv` says; null where it says nothing that can be read, which is damage unless it is missing. */
  async exceptions(): Promise<ExceptionCounts | null> {
    const entry = this.readAgain.get(EXCEPTIONS_PATH);
    if (!entry) return null;
    try {
      return await exceptionCounts(boundedLines(this.reading.content(entry), MAX_EXCEPTION_BYTES));
    } catch (error) {
      if (!AppError.is(error, 'ARCHIVE_UNREADABLE', 'VALIDATION_FAILED')) throw error;
      this.faults.damaged.add({ where: EXCEPTIONS_PATH, fault: error.message });
      return null;
    }
  }

  private async keepPromises(manifest: string): Promise<void> {
    const entry = this.readAgain.get(manifest);
    if (!entry) return;
    let wrong = 0;
    try {
      for await (const line of boundedLines(this.reading.content(entry), MAX_LINE_BYTES)) {
        if (!this.isKept(manifest, line)) wrong += 1;
        if (wrong > MAX_BROKEN_PROMISES) throw tooMuchWrong();
        this.promised += 1;
      }
    } catch (error) {
      if (!AppError.is(error, 'ARCHIVE_UNREADABLE')) throw error;
      this.unreadable.add(manifest);
      this.faults.damaged.add({ where: manifest, fault: error.message });
    }
  }

  private isKept(manifest: string, line: string): boolean {
    const { missing, altered, damaged } = this.faults;
    const { path, sha256 } = parseManifestLine(line);
    const verdict = this.ledger.settle(path, Buffer.from(sha256, 'hex'));
    if (verdict === 'missing') missing.add(path);
    if (verdict === 'altered') altered.add(path);
    if (verdict === 'repeated') damaged.add({ where: manifest, fault: `it lists ${path} more than once` });
    return verdict === 'kept';
  }

  /** What is damaged is told all the same. */
  private lackManifest(): void {
    if (this.faults.damaged.count > 0) return this.faults.missing.add(PAYLOAD_MANIFEST);
    throw new AppError('ARCHIVE_UNREADABLE', `the archive holds no ${PAYLOAD_MANIFEST} that can be read`);
  }

  private async findUnpromised(entries: AsyncIterable<EntryRecord>): Promise<void> {
    for await (const entry of entries) {
      const path = this.pathOf(entry);
      const isOfBag = entry.name.startsWith(this.root) && !entry.name.endsWith('/') && path !== TAG_MANIFEST;
      if (isOfBag && !this.ledger.isPromised(path)) this.faults.extra.add(path);
    }
  }

  private pathOf({ name }: EntryRecord): string {
    return name.slice(this.root.length);
  }
}

function tooMuchWrong(): AppError {
  return new AppError('ARCHIVE_UNREADABLE', 'so many of its lines are wrong that the rest was not read');
}
