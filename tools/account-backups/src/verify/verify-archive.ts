import { createHash } from 'node:crypto';
import { AppError } from '@account-backups/contracts';
import { ZipError, type EntryRecord, type ZipReader } from '@account-backups/zip';
import { compare, manifestEntries, type Comparison } from './manifest.js';

const MANIFESTS = ['manifest-sha256.txt', 'tagmanifest-sha256.txt'];
/** No file says what the last manifest has to be. */
const UNPROMISED = 'tagmanifest-sha256.txt';

/**
 * Reads every entry of an archive and holds it against the archive's own manifests. Throws `ARCHIVE_UNREADABLE` where
 * there is no manifest, and the reader's `PASSWORD_REQUIRED` or `WRONG_PASSWORD`.
 */
export async function verifyArchive(archive: ZipReader, password: string | undefined): Promise<Comparison> {
  const promised = new Map<string, string>();
  const found = new Map<string, string | null>();
  const strangers: string[] = [];
  let root: string | undefined;
  for await (const entry of archive.entries()) {
    if (entry.name.endsWith('/')) continue;
    root ??= entry.name.slice(0, entry.name.indexOf('/') + 1);
    const path = entry.name.slice(root.length);
    if (!entry.name.startsWith(root) || found.has(path)) {
      // outside the bag, or a second entry of the same name that some reader may prefer
      strangers.push(entry.name);
      continue;
    }
    const { sha256, text } = await readEntry(archive, entry, { password, keep: MANIFESTS.includes(path) });
    found.set(path, sha256);
    for (const [file, hash] of manifestEntries(text)) promised.set(file, hash);
  }
  if (promised.size === 0) throw new AppError('ARCHIVE_UNREADABLE', `the archive holds no ${MANIFESTS[0]}`);
  if (found.has(UNPROMISED)) promised.set(UNPROMISED, found.get(UNPROMISED) ?? 'unreadable');
  const compared = compare(promised, found);
  return { ...compared, extra: [...compared.extra, ...strangers] };
}

interface ReadOptions {
  readonly password: string | undefined;
  /** Whether the text is wanted, too. */
  readonly keep: boolean;
}

async function readEntry(
  archive: ZipReader,
  entry: EntryRecord,
  { password, keep }: ReadOptions,
): Promise<{ sha256: string | null; text: string }> {
  const hash = createHash('sha256');
  const kept: Buffer[] = [];
  try {
    for await (const chunk of archive.content(entry, password)) {
      hash.update(chunk);
      if (keep) kept.push(chunk);
    }
  } catch (error) {
    if (!ZipError.is(error) || ZipError.is(error, 'PASSWORD_REQUIRED', 'WRONG_PASSWORD')) throw error;
    return { sha256: null, text: '' };
  }
  return { sha256: hash.digest('hex'), text: Buffer.concat(kept).toString('utf8') };
}
