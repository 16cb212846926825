// Whether a finished archive is what was planned: every byte of it accounted for, and contents as the manifests say.
import { hash } from 'node:crypto';
import {
  BAG_FILES,
  CHECKPOINT_PATH,
  DOCUMENTS_FOLDER,
  manifestLines,
  PAYLOAD_MANIFEST,
  TAG_MANIFEST,
  type ArchiveTally,
  type Checksum,
} from '@account-backups/bag';
import { AppError, MIB } from '@account-backups/contracts';
import { mapInOrder, recordSize, ZipError, type EntryRecord, type ZipReader } from '@account-backups/zip';
import type { ArchiveBytes } from './archive-bytes.js';
import type { BuildFacts } from '../builds/build-facts.js';
import { ThreadedSha256 } from '../store/threaded-sha256.js';

/** Keys of the next entries are derived while one is read. */
const ENTRIES_AT_ONCE = 8;
const HELD_BYTES = 8 * MIB;
/** Entries up to this size, with contents up to this size, are read whole. */
const MAX_HELD_ENTRY_BYTES = MIB;

/** What the archive must hold. */
export interface ExpectedArchive {
  readonly bagRoot: string;
  /** The documents' files: how many, and the bytes of their contents. */
  readonly fileCount: number;
  readonly fileBytes: number;
  readonly password: string | undefined;
}

/** What an archive must hold by its plan and by what became of its files. */
export function expectedArchive(
  { archive }: Pick<BuildFacts, 'archive'>,
  { files, sizeBytes }: ArchiveTally,
  password: string | undefined,
): ExpectedArchive {
  return { bagRoot: archive.bagRoot, fileCount: files.included, fileBytes: sizeBytes, password };
}

/** An archive and where its bytes come from. */
interface Opened {
  readonly archive: ZipReader;
  readonly bytes: ArchiveBytes;
}

/** The entries that are read again to check the others. */
interface Manifests {
  readonly payload: EntryRecord;
  readonly tags: EntryRecord;
}

/**
 * Walks the central directory. Throws `ARCHIVE_UNREADABLE` unless it lists the planned files and the bag's own, each
 * encrypted as it must be, and their sizes add up to where the directory begins. Memory: one entry.
 */
export async function checkDirectory(archive: ZipReader, expected: ExpectedArchive): Promise<Manifests> {
  const found = { fileCount: 0, fileBytes: 0, entriesBytes: 0 };
  const own = new Map<string, EntryRecord>();
  const documents = `${expected.bagRoot}/${DOCUMENTS_FOLDER}`;
  for await (const entry of asUnreadable(archive.entries())) {
    refuseUnlessEncrypted(entry, expected);
    found.entriesBytes += recordSize(entry);
    if (entry.name.startsWith(documents)) {
      found.fileCount += 1;
      found.fileBytes += entry.sizeBytes;
      continue;
    }
    const path = entry.name.slice(expected.bagRoot.length + 1);
    if (!entry.name.startsWith(`${expected.bagRoot}/`) || own.has(path) || !BAG_FILES.includes(path)) {
      throw unreadable(`the directory lists ${entry.name}, which was not planned`);
    }
    own.set(path, entry);
  }
  refuseOther('files', found.fileCount, expected.fileCount);
  refuseOther('bytes of files', found.fileBytes, expected.fileBytes);
  refuseOther('bytes before the directory', archive.directoryOffset, found.entriesBytes);
  return { payload: ownEntry(own, PAYLOAD_MANIFEST), tags: ownEntry(own, TAG_MANIFEST) };
}

/**
 * Reads every entry, several at a time, and compares it with the manifests, which list the entries in the directory's
 * order. A large content in the clear is checked by its CRC-32: its SHA-256 would cost as much again as that of the
 * whole archive. Throws `ARCHIVE_UNREADABLE` naming the first that differs. Memory: 8 MiB.
 */
export async function checkContents(
  { archive, bytes }: Opened,
  manifests: Manifests,
  expected: ExpectedArchive,
): Promise<void> {
  const check = async ({ entry, path, sha256 }: PromisedEntry) => {
    const found = await readEntry({ archive, bytes }, entry, expected.password);
    if (found !== null && found !== sha256) throw unreadable(`${path} has the SHA-256 ${found}, expected ${sha256}`);
  };
  const limits = { concurrency: ENTRIES_AT_ONCE, budget: HELD_BYTES, costOf };
  for await (const _checked of mapInOrder(promisedEntries(archive, manifests, expected), check, limits)) continue;
}

function costOf({ entry }: PromisedEntry): number {
  return isLarge(entry) ? HELD_BYTES : recordSize(entry) + entry.sizeBytes;
}

/** Whether it is read alone, in steps. */
function isLarge(entry: EntryRecord): boolean {
  return Math.max(recordSize(entry), entry.sizeBytes) > MAX_HELD_ENTRY_BYTES;
}

interface PromisedEntry extends Checksum {
  readonly entry: EntryRecord;
}

async function* promisedEntries(
  archive: ZipReader,
  { payload, tags }: Manifests,
  { bagRoot, password }: ExpectedArchive,
): AsyncGenerator<PromisedEntry> {
  const entries = archive.entries();
  for (const manifest of [payload, tags]) {
    for await (const { path, sha256 } of manifestLines(asUnreadable(archive.content(manifest, password)))) {
      const entry = await nextOf(entries);
      if (entry?.name !== `${bagRoot}/${path}`) throw unreadable(`${path} is not where its manifest lists it`);
      yield { entry, path, sha256 };
    }
  }
  const last = await nextOf(entries);
  if (last?.name !== tags.name || (await nextOf(entries)))
    throw unreadable('no manifest lists an entry of the archive');
}

async function nextOf(entries: AsyncGenerator<EntryRecord>): Promise<EntryRecord | undefined> {
  const { value, done } = await entries.next();
  return done ? undefined : value;
}

/**
 * The SHA-256 of an entry's content; null for a large one in the clear, which has been read and its CRC-32 compared.
 */
async function readEntry(
  { archive, bytes }: Opened,
  entry: EntryRecord,
  password: string | undefined,
): Promise<string | null> {
  const range = { start: entry.offset, end: entry.offset + recordSize(entry) };
  if (!isLarge(entry)) {
    const content = await archive.contentIn(await bytes.held(range), entry, password).catch(rethrow);
    return hash('sha256', content);
  }
  const isUsedUp = entry.method === 'store' && !entry.encrypted;
  const content = asUnreadable(archive.content(entry, password));
  return bytes.during({ ...range, isUsedUp }, () => (entry.encrypted ? hashBeside(content) : readThrough(content)));
}

async function readThrough(content: AsyncIterable<Buffer>): Promise<null> {
  for await (const _chunk of content) continue;
  return null;
}

async function hashBeside(content: AsyncIterable<Buffer>): Promise<string> {
  const sha256 = new ThreadedSha256();
  try {
    for await (const chunk of content) await sha256.update(chunk);
    return await sha256.digest();
  } finally {
    sha256.abandon();
  }
}

// An empty file is never encrypted: there is nothing to hide. The checkpoint of the audit is for everybody.
function refuseUnlessEncrypted({ name, sizeBytes, encrypted }: EntryRecord, expected: ExpectedArchive): void {
  const isClear = sizeBytes === 0 || name === `${expected.bagRoot}/${CHECKPOINT_PATH}`;
  if (encrypted === (expected.password !== undefined && !isClear)) return;
  throw unreadable(`${name} is ${encrypted ? '' : 'not '}encrypted`);
}

function refuseOther(what: string, found: number, expected: number): void {
  if (found !== expected) throw unreadable(`the archive has ${found} ${what}, expected ${expected}`);
}

function ownEntry(own: ReadonlyMap<string, EntryRecord>, path: string): EntryRecord {
  const entry = own.get(path);
  if (entry && own.size === BAG_FILES.length) return entry;
  throw unreadable(`the archive lacks ${BAG_FILES.filter((each) => !own.has(each)).join(', ')}`);
}

async function* asUnreadable<T>(found: AsyncIterable<T>): AsyncGenerator<T> {
  try {
    yield* found;
  } catch (cause) {
    rethrow(cause);
  }
}

function rethrow(cause: unknown): never {
  throw ZipError.is(cause) ? unreadable(cause.message, cause) : cause;
}

function unreadable(fault: string, cause?: unknown): AppError {
  return new AppError('ARCHIVE_UNREADABLE', `read back, the archive is not what was written: ${fault}`, { cause });
}
