// Small archives as the zip-builder makes them, to be damaged.
import { createHash } from 'node:crypto';
import { crc32 } from 'node:zlib';
import { manifestLine } from '@account-backups/bag';
import {
  centralDirectory,
  PieceDeflater,
  placed,
  prepareEntry,
  prepareJoined,
  rangesOfBytes,
  SegmentWriter,
  ZipReader,
  type EntrySource,
} from '@account-backups/zip';
import type { OpenedArchive } from '../archive/opened-archive.js';

export const ROOT = 'lab_20260101T000000Z_1a2b3c4d';
export const BACKUP_ID = '1a2b3c4d-0000-4000-8000-000000000000';

type BagContents = Readonly<Record<string, string>>;

const sha256 = (text: string) => createHash('sha256').update(text).digest('hex');
const linesOf = (files: BagContents) =>
  Object.entries(files)
    .map(([path, text]) => manifestLine({ path, sha256: sha256(text) }))
    .join('');

/** Stored, deflated and empty files, and one whose name needs care. */
export const payload: BagContents = {
  'data/a.txt': 'one',
  'data/long.txt': 'the same line again and again\n'.repeat(40),
  'data/50% 日本.txt': 'two',
  'data/none.txt': '',
  'data/provenance.json': `{"backupId":"${BACKUP_ID}","account":{"accountId":"lab"}}\n`,
};

/** A complete bag with these payload files. */
export function bagOf(files: BagContents = payload): BagContents {
  const tags = { 'README.txt': 'read me\n'.repeat(20), 'manifest-sha256.txt': linesOf(files) };
  return { ...files, ...tags, 'tagmanifest-sha256.txt': linesOf(tags) };
}

/** The archive of a bag with some of its files changed, left out (null) or added. */
export async function archiveOf(
  changes: Readonly<Record<string, string | null>> = {},
  password?: string,
): Promise<Buffer> {
  const files = Object.entries({ ...bagOf(), ...changes }).filter((file): file is [string, string] => file[1] !== null);
  const writer = new SegmentWriter();
  const blocks: Buffer[] = [];
  for await (const block of writer.write(preparedFiles(files, password))) blocks.push(block);
  for await (const block of centralDirectory(placed(writer.records, 0), writer.sizeBytes)) blocks.push(block);
  return Buffer.concat(blocks);
}

/** Files that grow with the archive are joined from pieces that were deflated apart, as the closer does. */
const JOINED = new Set(['manifest-sha256.txt', 'data/long.txt']);

async function* preparedFiles(files: readonly (readonly [string, string])[], password: string | undefined) {
  for (const file of files) {
    const source = sourceOf(file);
    yield JOINED.has(file[0])
      ? await joined(source, file[1], password)
      : await prepareEntry(source, password === undefined ? {} : { password });
  }
}

async function joined({ name, modifiedAt }: EntrySource, text: string, password: string | undefined) {
  const half = Math.floor(text.length / 2);
  const pieces = await Promise.all([text.slice(0, half), text.slice(half)].map(deflatedOf));
  async function* deflated() {
    for (const piece of pieces) yield* piece.deflated;
  }
  return prepareJoined({ name, modifiedAt, pieces: pieces.map(({ piece }) => piece), deflated }, password);
}

async function deflatedOf(text: string) {
  const deflater = new PieceDeflater();
  await deflater.add(Buffer.from(text));
  return deflater.finish();
}

function sourceOf([path, text]: readonly [string, string]): EntrySource {
  return {
    name: `${ROOT}/${path}`,
    modifiedAt: new Date('2026-01-01T00:00:01Z'),
    sizeBytes: Buffer.byteLength(text),
    crc32: crc32(text),
    sha256: sha256(text),
    content: async function* () {
      yield Buffer.from(text);
    },
  };
}

export async function opened(bytes: Buffer): Promise<OpenedArchive> {
  const readRange = rangesOfBytes(bytes);
  return { readRange, sizeBytes: bytes.length, reader: await ZipReader.open(readRange, bytes.length) };
}
