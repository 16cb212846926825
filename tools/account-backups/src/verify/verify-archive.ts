import { ZipError, type EntryRecord } from '@account-backups/zip';
import { BagReading } from './bag-reading.js';
import { EntryReading } from './entry-reading.js';
import type { Damage, Findings } from './findings.js';
import type { OpenedArchive } from '../archive/opened-archive.js';
import { StructureCheck } from './structure-check.js';

interface VerifiedArchive {
  readonly findings: Findings;
  /** `provenance.json` as the archive has it, or null. */
  readonly provenance: unknown;
}

/**
 * Reads every byte of an archive: checks contents against the archive's own manifests, headers against what our writer
 * makes of them. Memory: less than 100 bytes per entry. Throws `ARCHIVE_UNREADABLE` if there is no manifest, and the
 * reader's `PASSWORD_REQUIRED` or `WRONG_PASSWORD`.
 */
export async function verifyArchive(archive: OpenedArchive, password: string | undefined): Promise<VerifiedArchive> {
  const { reader } = archive;
  const root = await unlessBroken(commonRoot(reader.entries()));
  const bag = new BagReading(new EntryReading(reader, password), typeof root === 'string' ? root : '');
  if (typeof root !== 'string') return { findings: { ...bag.partly(), damaged: [root] }, provenance: null };
  const structure = new StructureCheck(archive);
  const broken = await unlessBroken(
    (async () => {
      for await (const entry of reader.entries()) {
        await bag.take(entry);
        await structure.take(entry);
      }
    })(),
  );
  const provenance = await bag.provenance();
  if (broken) return { findings: { ...bag.partly(), damaged: [broken] }, provenance };
  const damaged = await structure.finish();
  return { findings: { ...(await bag.whole(reader.entries())), damaged }, provenance };
}

/** A directory that cannot be read to its end is damage, too. */
async function unlessBroken<T>(work: Promise<T>): Promise<T | Damage> {
  try {
    return await work;
  } catch (error) {
    if (!ZipError.is(error, 'BAD_DIRECTORY', 'UNSUPPORTED', 'TRUNCATED')) throw error;
    return { where: error.entryName ?? 'central directory', fault: error.message };
  }
}

/** The top folder that most entries share: one damaged name must not decide. */
async function commonRoot(entries: AsyncIterable<EntryRecord>): Promise<string> {
  const counts = new Map<string, number>();
  for await (const { name } of entries) {
    const root = name.slice(0, name.indexOf('/') + 1);
    counts.set(root, (counts.get(root) ?? 0) + 1);
  }
  return [...counts].toSorted(([, a], [, b]) => b - a)[0]?.[0] ?? '';
}
