// The store holds the contents that are registered, the archives of completed backups, checkpoints of
// the audit, its own identity, nothing else.
import { createHash } from 'node:crypto';
import { setTimeout as sleep } from 'node:timers/promises';
import { rowsOf } from '../database.js';
import type { Check, Evidence } from '../evidence.js';
import type { Finding } from '../finding.js';
import { IDENTITY, type PlainStore } from '../plain-store.js';
import { CHECKPOINT } from './audit-checkpoints.js';

const LOOK_EVERY_MS = 2_000;

interface ContentRow {
  readonly accountId: string;
  readonly fileId: string;
  readonly objectKey: string;
  readonly sizeBytes: string;
  readonly sha256: string;
}

export const checkStore: Check = async (evidence) => {
  const contents = await rowsOf<ContentRow>(evidence.target.databaseUrl, CONTENTS);
  const archives = evidence.backups
    .filter(({ status }) => status === 'completed')
    .map(({ objectKey }) => objectKey ?? '');
  const named = new Set([...contents.map(({ objectKey }) => objectKey), ...archives, IDENTITY]);
  const wrong: Finding[] = [];
  for (const row of contents) wrong.push(...(await contentFaults(evidence.store, row)));
  const shared = contents.length - new Set(contents.map(({ objectKey }) => objectKey)).size;
  return [
    ...wrong,
    ...(shared > 0
      ? [finding('content-shared', 'documents.files', 'an object for each file', `${shared} shared`)]
      : []),
    ...(await leftInStore(evidence, named)),
  ];
};

async function contentFaults(store: PlainStore, row: ContentRow): Promise<readonly Finding[]> {
  const where = `${row.accountId} ${row.fileId} at ${row.objectKey}`;
  const expected = { sizeBytes: Number(row.sizeBytes), sha256: row.sha256 };
  try {
    const hash = createHash('sha256');
    let sizeBytes = 0;
    for await (const chunk of (await store.read(row.objectKey)) as AsyncIterable<Buffer>) {
      hash.update(chunk);
      sizeBytes += chunk.length;
    }
    const found = { sizeBytes, sha256: hash.digest('hex') };
    return JSON.stringify(found) === JSON.stringify(expected) ? [] : [finding('content-wrong', where, expected, found)];
  } catch (error) {
    return [finding('content-lost', where, expected, String(error))];
  }
}

/** What nobody names may stay for the safe times, which the deadline covers. */
async function leftInStore(evidence: Evidence, named: ReadonlySet<string>): Promise<readonly Finding[]> {
  const deadline = performance.now() + evidence.orphanDeadlineMs;
  const possible = await rowsOf<{ key: string }>(evidence.target.databaseUrl, ARCHIVE_KEYS);
  for (;;) {
    const keys = await evidence.store.list();
    const orphans = [...keys.keys()].filter((key) => !named.has(key) && !CHECKPOINT.test(key));
    const uploads = await evidence.store.uploads(possible.map(({ key }) => key));
    const isClean = orphans.length + uploads.length === 0;
    if (isClean || performance.now() > deadline) {
      return [
        ...orphans.map((key) => finding('object-orphaned', key, 'no object', `${keys.get(key)} bytes`)),
        ...uploads.map((upload) => finding('upload-orphaned', upload, 'no upload', upload)),
        ...(keys.has(IDENTITY) ? [] : [finding('identity-lost', IDENTITY, 'the identity of the store', 'nothing')]),
      ];
    }
    await sleep(LOOK_EVERY_MS);
  }
}

function finding(kind: string, where: string, expected: unknown, found: unknown): Finding {
  return { kind, what: 'the object store', where, expected, found };
}

const CONTENTS = `
  SELECT account_id AS "accountId", file_id AS "fileId", object_key AS "objectKey", size_bytes AS "sizeBytes", sha256
  FROM documents.files`;

// The accounts of a storm have ids that stand in keys as they are.
const ARCHIVE_KEYS = `
  SELECT 'accounts/' || account_id || '/backups/' || backup_id || '/' || key_part || '/archive.zip' AS key
  FROM zip_builder.builds`;
