import { manifestLines, PAYLOAD_MANIFEST, PROVENANCE_PATH, TAG_MANIFEST } from '@account-backups/bag';
import { AppError } from '@account-backups/contracts';
import type { EntryRecord } from '@account-backups/zip';
import { ContentLedger } from './content-ledger.js';
import type { EntryReading } from './entry-reading.js';
import type { Findings } from './findings.js';

type BagFindings = Omit<Findings, 'damaged'>;

const MANIFESTS = [PAYLOAD_MANIFEST, TAG_MANIFEST];
const READ_AGAIN = [...MANIFESTS, PROVENANCE_PATH];

/** Checks the contents of a bag against its manifests, in less than 100 bytes of memory per entry. */
export class BagReading {
  private readonly ledger = new ContentLedger();
  /** Few, unless much is wrong. */
  private readonly strangers: string[] = [];
  private readonly unreadable: string[] = [];
  private readonly readAgain = new Map<string, EntryRecord>();

  /** `root` is the top folder, its slash included. */
  constructor(
    private readonly reading: EntryReading,
    private readonly root: string,
  ) {}

  async take(entry: EntryRecord): Promise<void> {
    if (entry.name.endsWith('/')) return;
    const path = this.pathOf(entry);
    if (!entry.name.startsWith(this.root) || this.ledger.has(path)) {
      // outside the bag, or a second entry of the same name that some reader may prefer
      this.strangers.push(entry.name);
      return;
    }
    const sha256 = await this.reading.digest(entry);
    this.ledger.note(path, sha256);
    if (sha256 === null) this.unreadable.push(path);
    else if (READ_AGAIN.includes(path)) this.readAgain.set(path, entry);
  }

  /** For an archive whose directory breaks off: what it lacks cannot be known. */
  partly(): BagFindings {
    return { checked: this.ledger.size, missing: [], extra: [], altered: this.unreadable };
  }

  /** Once all entries are taken; `entries` yields them again. Throws `ARCHIVE_UNREADABLE` if nothing is promised. */
  async whole(entries: AsyncIterable<EntryRecord>): Promise<BagFindings> {
    const missing: string[] = [];
    const altered = new Set(this.unreadable);
    let promised = 0;
    for await (const { path, sha256 } of this.promises()) {
      const verdict = this.ledger.settle(path, Buffer.from(sha256, 'hex'));
      if (verdict === 'missing') missing.push(path);
      if (verdict === 'altered') altered.add(path);
      promised += 1;
    }
    // An unreadable manifest is reported as altered.
    if (promised === 0 && this.unreadable.length === 0) throw noManifest();
    // No manifest lists the tag manifest; its CRC or its authentication code covers it.
    if (!this.ledger.has(TAG_MANIFEST)) missing.push(TAG_MANIFEST);
    const extra = [...(await this.unpromised(entries)), ...this.strangers];
    return { checked: this.ledger.size, missing, extra, altered: [...altered] };
  }

  /** `provenance.json` as the archive has it, or null. */
  async provenance(): Promise<unknown> {
    const entry = this.readAgain.get(PROVENANCE_PATH);
    if (!entry) return null;
    const chunks: Buffer[] = [];
    for await (const chunk of this.reading.content(entry)) chunks.push(chunk);
    return parsed(Buffer.concat(chunks).toString('utf8'));
  }

  private async *promises() {
    for (const path of MANIFESTS) {
      const entry = this.readAgain.get(path);
      if (entry) yield* manifestLines(this.reading.content(entry));
    }
  }

  private async unpromised(entries: AsyncIterable<EntryRecord>): Promise<readonly string[]> {
    // What an unreadable manifest promises cannot be known.
    if (MANIFESTS.some((path) => this.unreadable.includes(path))) return [];
    const found = new Set<string>();
    for await (const entry of entries) {
      const path = this.pathOf(entry);
      const isOfBag = entry.name.startsWith(this.root) && !entry.name.endsWith('/') && path !== TAG_MANIFEST;
      if (isOfBag && !this.ledger.isPromised(path)) found.add(path);
    }
    return [...found];
  }

  private pathOf({ name }: EntryRecord): string {
    return name.slice(this.root.length);
  }
}

function noManifest(): AppError {
  return new AppError('ARCHIVE_UNREADABLE', `the archive holds no ${PAYLOAD_MANIFEST} that can be read`);
}

function parsed(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return null;
  }
}
