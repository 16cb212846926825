import { createHash } from 'node:crypto';
import { MIB } from '@account-backups/contracts';
import type { ReadRange } from '@account-backups/zip';
import type { Damage } from './findings.js';

/** What a receipt or the system has on record of an archive. */
export interface RecordedArchive {
  readonly source: 'receipt' | 'system';
  readonly backupId: string;
  readonly sizeBytes: number;
  readonly sha256: string;
}

export interface WholeFile {
  readonly sizeBytes: number;
  readonly sha256: string;
}

/** Size and SHA-256 of all bytes. */
export async function measureWhole(readRange: ReadRange, sizeBytes: number): Promise<WholeFile> {
  const hash = createHash('sha256');
  for (let at = 0; at < sizeBytes; at += MIB) {
    hash.update(await readRange(at, Math.min(MIB, sizeBytes - at)));
  }
  return { sizeBytes, sha256: hash.digest('hex') };
}

/** Where the archive differs from the recorded one. */
export function recordFaults(recorded: RecordedArchive, whole: WholeFile, backupId: string | null): readonly Damage[] {
  const { source } = recorded;
  const pairs = [
    ['backup', backupId ?? 'unknown', recorded.backupId],
    ['size', whole.sizeBytes, recorded.sizeBytes],
    ['SHA-256', whole.sha256, recorded.sha256],
  ] as const;
  return pairs
    .filter(([, found, expected]) => found !== expected)
    .map(([what, found, expected]) => ({
      where: 'whole file',
      fault: `its ${what} is ${found}, the ${source} says ${expected}`,
    }));
}
