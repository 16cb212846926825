import {
  rangesOfBytes,
  sourceOfBytes,
  writeArchive,
  ZipReader,
  type EntryRecord,
  type EntrySource,
  type PrefetchOptions,
} from '../index.js';

export const modifiedAt = new Date('2026-03-01T09:30:01Z');

/** All items of an asynchronous iterable (`Array.fromAsync` came after Node 20). */
export async function collect<T>(items: AsyncIterable<T>): Promise<T[]> {
  const collected: T[] = [];
  for await (const item of items) collected.push(item);
  return collected;
}

export async function bytesOf(chunks: AsyncIterable<Uint8Array>): Promise<Buffer> {
  return Buffer.concat(await collect(chunks));
}

/** An archive of these contents by name. */
export function archiveOf(files: Readonly<Record<string, Uint8Array>>, options: PrefetchOptions = {}): Promise<Buffer> {
  return archiveOfSources(
    Object.entries(files).map(([name, bytes]) => sourceOfBytes(name, bytes, modifiedAt)),
    options,
  );
}

export function archiveOfSources(sources: readonly EntrySource[], options: PrefetchOptions = {}): Promise<Buffer> {
  return bytesOf(writeArchive(sources, options));
}

export function open(archive: Uint8Array): Promise<ZipReader> {
  return ZipReader.open(rangesOfBytes(archive), archive.length);
}

/** The only entry of an archive, with its reader. */
export async function onlyEntry(archive: Uint8Array): Promise<{ reader: ZipReader; entry: EntryRecord }> {
  const reader = await open(archive);
  const [entry] = await collect(reader.entries());
  if (!entry) throw new Error('the archive is empty');
  return { reader, entry };
}

/** Contents by name, as the reader gives them. */
export async function contentsOf(archive: Uint8Array, password?: string): Promise<Record<string, Buffer>> {
  const reader = await open(archive);
  const contents: Record<string, Buffer> = Object.create(null);
  for await (const entry of reader.entries()) contents[entry.name] = await bytesOf(reader.content(entry, password));
  return contents;
}
