// What a test checks once a builder reports an archive as built.
import { execFile } from 'node:child_process';
import { createHash } from 'node:crypto';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { buffer } from 'node:stream/consumers';
import { promisify } from 'node:util';
import type { ObjectStore } from '@account-backups/object-store';
import { rangesOfBytes, ZipReader } from '@account-backups/zip';
import { eventually } from '../../support/eventually.js';
import type { Outcome } from '../../support/build-yard/desk.js';
import type { Yard } from '../../support/build-yard/yard.js';

const run = promisify(execFile);

export interface OpenedArchive {
  /** File id → SHA-256 of its content in the archive, by the archive's own list of files. */
  readonly files: ReadonlyMap<string, string>;
  /** File id → code, by the archive's own list of exceptions. */
  readonly exceptions: ReadonlyMap<string, string>;
  /** Ids of documents that lie in no OU, by the same list. */
  readonly unfiled: readonly string[];
}

/** Waits for the end of a backup that is expected to complete. */
export function completed(yard: Yard, backupId: string, deadlineMs = 120_000) {
  return eventually(
    () => {
      const outcome = yard.outcomes.get(backupId)?.[0];
      expect(outcome?.status).toBe('completed');
      return outcome as Outcome & { readonly status: 'completed' };
    },
    { deadlineMs },
  );
}

/** Reads every entry and has 7-Zip test the whole. */
export async function openArchive(store: ObjectStore, objectKey: string, password?: string): Promise<OpenedArchive> {
  const bytes = await buffer(await store.get(objectKey));
  await testWith7Zip(bytes, password);
  const reader = await ZipReader.open(rangesOfBytes(bytes), bytes.length);
  const hashes = new Map<string, string>();
  const texts = new Map<string, string>();
  for await (const entry of reader.entries()) {
    const chunks: Buffer[] = [];
    for await (const chunk of reader.content(entry, password)) chunks.push(chunk);
    const content = Buffer.concat(chunks);
    const path = entry.name.slice(entry.name.indexOf('/') + 1);
    hashes.set(path, createHash('sha256').update(content).digest('hex'));
    if (path.endsWith('.csv')) texts.set(path, content.toString());
  }
  const listed = rowsOf(texts.get('data/metadata/files.csv') ?? '');
  const missing = rowsOf(texts.get('data/exceptions.csv') ?? '');
  const documents = Array.from(hashes.keys()).filter((path) => path.startsWith('data/documents/'));
  expect(listed.map(([path = '']) => path.replace(/^(?!data\/)/, 'data/')).toSorted()).toEqual(documents.toSorted());
  return {
    files: new Map(
      listed.map(([path = '', , , fileId = '']) => [fileId, hashes.get(path.replace(/^(?!data\/)/, 'data/')) ?? '']),
    ),
    exceptions: new Map(missing.filter(([, , fileId]) => fileId).map((row) => [row[2] ?? '', row[4] ?? ''])),
    unfiled: missing.filter(([, , , , code]) => code === 'ORG_UNIT_UNKNOWN').map(([documentId = '']) => documentId),
  };
}

/** Every object in the store that is not a document's file. */
export async function leftBehind(store: ObjectStore): Promise<readonly string[]> {
  const keys: string[] = [];
  for await (const key of store.list('')) if (!key.includes('/files/')) keys.push(key);
  for (const key of [...keys, '']) for await (const open of store.listUploads(key)) keys.push(`upload of ${open.key}`);
  return keys;
}

// No name in these tests has a comma or a quote.
function rowsOf(csv: string): readonly (readonly string[])[] {
  const [, ...lines] = csv.trim().split('\r\n');
  return lines.map((line) => line.split(','));
}

async function testWith7Zip(bytes: Buffer, password = ''): Promise<void> {
  const folder = await mkdtemp(join(tmpdir(), 'zip-builder-'));
  await writeFile(join(folder, 'a.zip'), bytes);
  try {
    await run('7zz', ['t', `-p${password}`, join(folder, 'a.zip')]);
  } finally {
    await rm(folder, { recursive: true });
  }
}
