// Each completed archive is the object that its row names, whole for foreign readers, and holds what the register held.
import { createHash } from 'node:crypto';
import { createWriteStream } from 'node:fs';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Transform } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import type { BackupRow, Check, Evidence } from '../evidence.js';
import type { Finding } from '../finding.js';
import { openArchive, type OpenedArchive } from '../opened-archive.js';
import { passwordOf } from '../world.js';
import { contentFaults } from './archive-content.js';

export const checkArchives: Check = async (evidence) => {
  const folder = await mkdtemp(join(tmpdir(), 'storm-archives-'));
  const findings: Finding[] = [];
  try {
    for (const row of evidence.backups.filter(({ status }) => status === 'completed')) {
      findings.push(...(await archiveFaults(evidence, row, join(folder, 'archive.zip'))));
    }
    // Their archives are gone, but a client may have opened them while they were there.
    for (const row of evidence.backups.filter(({ status }) => status === 'expired')) {
      const opened = evidence.journal.opened.get(row.archiveSha256 ?? '');
      if (opened) findings.push(...heldFaults(evidence, row, opened));
    }
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
  return findings;
};

async function archiveFaults(evidence: Evidence, row: BackupRow, zip: string): Promise<readonly Finding[]> {
  const fault = faultIn(row);
  const expected = { sizeBytes: Number(row.archiveBytes), sha256: row.archiveSha256 };
  const found = await fetched(evidence, row.objectKey ?? '', zip).catch((error: unknown) => String(error));
  if (typeof found === 'string') return fault('archive-lost', expected, found);
  if (JSON.stringify(found) !== JSON.stringify(expected)) return fault('archive-wrong', expected, found);
  const password = row.passwordProtected ? passwordOf(row.accountId) : '';
  const known = evidence.journal.opened.get(found.sha256);
  const opened = known ?? (await openArchive(zip, password).catch((error: unknown) => String(error)));
  if (typeof opened === 'string') return fault('archive-damaged', 'an archive that verifies', opened);
  evidence.journal.opened.set(found.sha256, opened);
  return heldFaults(evidence, row, opened);
}

function heldFaults({ journal }: Evidence, row: BackupRow, opened: OpenedArchive): readonly Finding[] {
  const said = { documents: Number(row.documentCount), exceptions: Number(row.exceptionCount) };
  const found = { documents: opened.documents.length, exceptions: opened.exceptions.length };
  const isCounted = JSON.stringify(said) === JSON.stringify(found);
  return [...(isCounted ? [] : faultIn(row)('archive-counts', said, found)), ...contentFaults(journal, row, opened)];
}

function faultIn({ backupId, objectKey }: BackupRow) {
  const where = `backup ${backupId} at ${objectKey}`;
  return (kind: string, expected: unknown, found: unknown): Finding[] => [
    { kind, what: 'archives', where, expected, found },
  ];
}

async function fetched({ store }: Evidence, key: string, path: string): Promise<{ sizeBytes: number; sha256: string }> {
  const hash = createHash('sha256');
  let sizeBytes = 0;
  const measure = new Transform({
    transform: (chunk: Buffer, _encoding, done) => {
      hash.update(chunk);
      sizeBytes += chunk.length;
      done(null, chunk);
    },
  });
  await pipeline(await store.read(key), measure, createWriteStream(path));
  return { sizeBytes, sha256: hash.digest('hex') };
}
