import { randomBytes } from 'node:crypto';
import { open, rename, rm, type FileHandle } from 'node:fs/promises';
import { preparedOrThrow } from './archive-writer.js';
import { centralDirectory, placed } from './central-directory.js';
import { discard } from '../streams/discard.js';
import type { EntrySource } from './entry-source.js';
import type { PrefetchOptions } from './prepare-in-order.js';
import { SegmentWriter } from './segment-writer.js';
import { MIB } from '../format/sizes.js';
import { ZipError } from '../format/zip-error.js';

/** Bytes, and whether their memory may be freed once they are written. */
interface Chunk {
  readonly bytes: Buffer;
  readonly givesMemory: boolean;
}

interface Batch {
  readonly chunks: readonly Chunk[];
  /** When they arrived; less now means that memory given away was shared. */
  readonly sizeBytes: number;
}

/** Written in one call, more only with a larger chunk: one call per small entry would take longer than the writing. */
const BATCH_BYTES = MIB;

/**
 * `writeArchive` to a file. The file is called `<path>.<random>.part` until it is whole, so a file at `path` is never a
 * partial one; a run that fails leaves nothing behind. Memory is freed as soon as it has been written, while chunks in
 * a `WriteStream` wait for the garbage collector. Throws the errors of `writeArchive`, and the file system's.
 */
export async function writeArchiveFile(
  path: string,
  sources: AsyncIterable<EntrySource> | Iterable<EntrySource>,
  options: PrefetchOptions = {},
): Promise<void> {
  const unfinished = `${path}.${randomBytes(4).toString('hex')}.part`;
  const file = await open(unfinished, 'wx');
  try {
    try {
      await writeChunks(file, archiveChunks(sources, options));
    } finally {
      await file.close();
    }
    await rename(unfinished, path);
  } catch (cause) {
    await rm(unfinished, { force: true });
    throw cause;
  }
}

async function* archiveChunks(
  sources: AsyncIterable<EntrySource> | Iterable<EntrySource>,
  options: PrefetchOptions,
): AsyncGenerator<Chunk> {
  const segment = new SegmentWriter();
  for await (const entry of preparedOrThrow(sources, options)) {
    const { givesMemory } = entry;
    for await (const bytes of segment.write([entry])) yield { bytes, givesMemory };
  }
  const directory = centralDirectory(placed(segment.records, 0), segment.sizeBytes);
  for await (const bytes of directory) yield { bytes, givesMemory: true };
}

/** Writes chunks in order, and makes the next ones meanwhile. */
export async function writeChunks(file: Pick<FileHandle, 'writev'>, chunks: AsyncIterable<Chunk>): Promise<void> {
  let writing = Promise.resolve();
  try {
    for await (const batch of batches(chunks)) {
      await writing;
      writing = writeBatch(file, batch);
      writing.catch(() => undefined); // thrown where it is awaited
    }
  } finally {
    await writing;
  }
}

async function writeBatch(file: Pick<FileHandle, 'writev'>, { chunks, sizeBytes }: Batch): Promise<void> {
  let left = chunks.map(({ bytes }) => bytes);
  if (sizeOf(left) !== sizeBytes) throw new ZipError('ENTRY_SIZE_CHANGED', 'chunks of a source share memory it gives');
  while (left.length > 0) left = leftAfter(left, (await file.writev(left)).bytesWritten);
  for (const { bytes, givesMemory } of chunks) if (givesMemory) discard(bytes);
}

// A write may take less than it was given, as on a disk that is nearly full.
function leftAfter(buffers: readonly Buffer[], writtenBytes: number): Buffer[] {
  let skipped = writtenBytes;
  return buffers.flatMap((bytes) => {
    const rest = bytes.subarray(skipped);
    skipped = Math.max(0, skipped - bytes.length);
    return rest.length > 0 ? [rest] : [];
  });
}

async function* batches(chunks: AsyncIterable<Chunk>): AsyncGenerator<Batch> {
  let batch = { chunks: [] as Chunk[], sizeBytes: 0 };
  for await (const chunk of chunks) {
    batch.chunks.push(chunk);
    batch.sizeBytes += chunk.bytes.length;
    if (batch.sizeBytes < BATCH_BYTES) continue;
    yield batch;
    batch = { chunks: [], sizeBytes: 0 };
  }
  yield batch;
}

const sizeOf = (buffers: readonly Buffer[]): number => buffers.reduce((sum, { length }) => sum + length, 0);
