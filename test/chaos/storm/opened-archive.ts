// An archive as 7-Zip and sha256sum read it, and what its own lists say.
import { execFile } from 'node:child_process';
import { mkdtemp, readdir, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join, relative } from 'node:path';
import { promisify } from 'node:util';
import { root } from '../../support/running-system.js';
import type { HostDocument } from './world.js';

const run = promisify(execFile);
const VERIFY = join(root, 'tools/account-backups/bin/account-backups.mjs');
const MAX_OUTPUT = 2 ** 26;
/** A quarter of the archives, whose names end at random, by our own command too: each time it takes a process. */
const SAMPLED = /[0-3]$/;

export interface ListedFile {
  readonly documentId: string;
  readonly versionId: string;
  readonly fileId: string;
  /** As the bytes are, not as a list says. */
  readonly sha256: string;
}

export interface ListedException {
  readonly documentId: string;
  readonly versionId: string;
  readonly fileId: string;
  readonly code: string;
}

export interface OpenedArchive {
  readonly documents: readonly HostDocument[];
  readonly files: readonly ListedFile[];
  readonly exceptions: readonly ListedException[];
}

/** Unpacks and checks the whole of it; throws for whatever is missing, extra or damaged. */
export async function openArchive(zip: string, password: string): Promise<OpenedArchive> {
  const folder = await mkdtemp(join(tmpdir(), 'storm-archive-'));
  try {
    await run('7zz', ['x', `-p${password}`, `-o${folder}`, '-y', zip], { maxBuffer: MAX_OUTPUT });
    const [bag, ...others] = await readdir(folder);
    if (bag === undefined || others.length > 0) throw new Error(`expected one top folder, found ${others.length + 1}`);
    const opened = await readBag(join(folder, bag));
    if (SAMPLED.test(bag)) await run(process.execPath, [VERIFY, 'verify', zip, '--password', password]);
    return opened;
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}

async function readBag(bag: string): Promise<OpenedArchive> {
  for (const manifest of ['manifest-sha256.txt', 'tagmanifest-sha256.txt']) {
    await run('sha256sum', ['-c', '--quiet', '--strict', manifest], { cwd: bag, maxBuffer: MAX_OUTPUT });
  }
  const text = (path: string) => readFile(join(bag, path), 'utf8');
  const lines = (await text('manifest-sha256.txt')).split('\n').filter(Boolean);
  const hashes = new Map(lines.map((line) => [line.slice(66), line.slice(0, 64)]));
  const files = rowsOf(await text('data/metadata/files.csv'));
  const exceptions = rowsOf(await text('data/exceptions.csv'));
  await refuseUnlisted(bag, hashes, new Set(files.map((row) => row['path'] ?? '')));
  const jsonl = (await text('data/metadata/documents.jsonl')).split('\n').filter(Boolean);
  return {
    documents: jsonl.map((line) => JSON.parse(line) as HostDocument),
    files: files.map((row) => ({ ...slotOf(row), sha256: hashes.get(row['path'] ?? '') ?? 'not in the manifest' })),
    exceptions: exceptions.map((row) => ({ ...slotOf(row), code: row['code'] ?? '' })),
  };
}

/** Every payload file is in the manifest, and every file of a document in the list of files. */
async function refuseUnlisted(bag: string, hashes: ReadonlyMap<string, string>, listed: ReadonlySet<string>) {
  const entries = await readdir(join(bag, 'data'), { recursive: true, withFileTypes: true });
  const paths = entries
    .filter((entry) => entry.isFile())
    .map((entry) => relative(bag, join(entry.parentPath, entry.name)));
  const unlisted = paths.filter((path) => !hashes.has(path));
  const unknown = paths.filter((path) => path.startsWith('data/documents/') && !listed.has(path));
  if (unlisted.length + unknown.length > 0) throw new Error(`in no list: ${[...unlisted, ...unknown].join(', ')}`);
}

function slotOf(row: Readonly<Record<string, string>>) {
  return { documentId: row['document_id'] ?? '', versionId: row['version_id'] ?? '', fileId: row['file_id'] ?? '' };
}

/** Lines of a CSV by the names of its head (RFC 4180). */
export function rowsOf(csv: string): readonly Readonly<Record<string, string>>[] {
  const [head = [], ...lines] = cellsOf(csv.replace(/^\ufeff/, ''));
  return lines.map((cells) => Object.fromEntries(head.map((name, at) => [name, cells[at] ?? ''])));
}

function cellsOf(csv: string): readonly (readonly string[])[] {
  const lines: string[][] = [];
  let cells: string[] = [];
  for (const [whole, quoted, plain = '', end] of csv.matchAll(/(?:"((?:[^"]|"")*)"|([^",\r\n]*))(,|\r\n|\n|$)/g)) {
    if (whole === '' && cells.length === 0) break;
    cells.push(quoted === undefined ? plain : quoted.replaceAll('""', '"'));
    if (end === ',') continue;
    lines.push(cells);
    cells = [];
  }
  return lines;
}
