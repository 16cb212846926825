import { parseManifestLine, PAYLOAD_MANIFEST, PROVENANCE_PATH, TAG_MANIFEST } from '@account-backups/bag';
import { AppError } from '@account-backups/contracts';
import { ZipError, type EntryRecord } from '@account-backups/zip';
import { DeflateCheck } from './deflate-check.js';
import { EntryReading } from './entry-reading.js';
import { compare, type Damage, type Findings } from './findings.js';
import type { OpenedArchive } from './opened-archive.js';
import { StructureCheck } from './structure-check.js';

export interface VerifiedArchive {
  readonly findings: Findings;
  /** `provenance.json` as the archive has it, or null. */
  readonly provenance: unknown;
}

const MANIFESTS = [PAYLOAD_MANIFEST, TAG_MANIFEST];

/**
 * Reads every byte of an archive: contents are held against the archive's own manifests, headers against what our
 * writer makes of them. Throws `ARCHIVE_UNREADABLE` where there is no manifest, and the reader's `PASSWORD_REQUIRED`
 * or `WRONG_PASSWORD`.
 */
export async function verifyArchive(archive: OpenedArchive, password: string | undefined): Promise<VerifiedArchive> {
  const bag = new BagReading(new EntryReading(archive.reader, password));
  const [structure, streams] = [new StructureCheck(archive), new DeflateCheck(archive)];
  const broken: Damage[] = [];
  try {
    bag.root = await commonRoot(archive.reader.entries());
    for await (const entry of archive.reader.entries()) {
      await bag.take(entry);
      await structure.take(entry);
      await streams.take(entry);
    }
  } catch (error) {
    if (!ZipError.is(error, 'BAD_DIRECTORY', 'UNSUPPORTED', 'TRUNCATED')) throw error;
    broken.push({ where: error.entryName ?? 'central directory', fault: error.message });
  }
  const damaged = [...broken, ...(broken.length === 0 ? await structure.finish() : []), ...streams.finish()];
  return { findings: { ...bag.result(broken.length > 0), damaged }, provenance: bag.provenance };
}

class BagReading {
  provenance: unknown = null;
  /** The top folder, its slash included. */
  root = '';
  private readonly promised = new Map<string, string>();
  private readonly found = new Map<string, string | null>();
  private readonly strangers: string[] = [];

  constructor(private readonly reading: EntryReading) {}

  async take(entry: EntryRecord): Promise<void> {
    if (entry.name.endsWith('/')) return;
    const path = entry.name.slice(this.root.length);
    if (!entry.name.startsWith(this.root) || this.found.has(path)) {
      // outside the bag, or a second entry of the same name that some reader may prefer
      this.strangers.push(entry.name);
      return;
    }
    const isManifest = MANIFESTS.includes(path);
    const { sha256, text } = await this.reading.read(entry, isManifest || path === PROVENANCE_PATH);
    this.found.set(path, sha256);
    if (isManifest) this.promise(text);
    if (path === PROVENANCE_PATH && sha256 !== null) this.provenance = parsed(text);
  }

  /** What an archive with half a directory lacks is not known. */
  result(isPartial: boolean): Omit<Findings, 'damaged'> {
    const { promised, found } = this;
    if (promised.size === 0 && !isPartial) throw noManifest();
    // No file says what the last manifest has to be; its CRC or its authentication code does.
    if (found.has(TAG_MANIFEST)) promised.set(TAG_MANIFEST, found.get(TAG_MANIFEST) ?? 'unreadable');
    const compared = compare(promised, found);
    const unreadable = [...found].filter(([, sha256]) => sha256 === null).map(([path]) => path);
    if (isPartial) return { checked: found.size, missing: [], extra: [], altered: unreadable };
    // What an unreadable manifest would have promised is not known either.
    const isBlind = MANIFESTS.some((path) => found.get(path) === null);
    return { checked: found.size, ...compared, extra: [...(isBlind ? [] : compared.extra), ...this.strangers] };
  }

  private promise(text: string): void {
    const lines = text.split('\n').filter((line) => line !== '');
    for (const { path, sha256 } of lines.map(parseManifestLine)) this.promised.set(path, sha256);
  }
}

/** The top folder of most entries: one damaged name must not decide. */
async function commonRoot(entries: AsyncIterable<EntryRecord>): Promise<string> {
  const counts = new Map<string, number>();
  for await (const { name } of entries) {
    const root = name.slice(0, name.indexOf('/') + 1);
    counts.set(root, (counts.get(root) ?? 0) + 1);
  }
  return [...counts].toSorted(([, a], [, b]) => b - a)[0]?.[0] ?? '';
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
