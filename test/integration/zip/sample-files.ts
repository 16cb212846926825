import { randomBytes } from 'node:crypto';
import { sourceOfBytes, writeArchiveFile, type EntrySource, type PrefetchOptions } from '@account-backups/zip';
import { sha256, type Hashes } from './harness.js';

export type Files = Readonly<Record<string, Buffer>>;

const text = (line: string): Buffer => Buffer.from(`${line}\n`.repeat(3_000));

/** Stored, deflated and empty contents, under names in many scripts. */
export const sampleFiles: Files = {
  'bagit.txt': Buffer.from('BagIt-Version: 1.0\n'),
  'data/empty.txt': Buffer.alloc(0),
  'data/one byte.bin': Buffer.from([0]),
  'data/noise.bin': randomBytes(300_001),
  'data/large noise.pdf': randomBytes(3_000_000),
  'data/large text.csv': Buffer.from(Array.from({ length: 200_000 }, (_, row) => `${row},${row ** 2}\n`).join('')),
  'data/Grüße aus Köln.txt': text('Grüße'),
  'data/Процедура №7.txt': text('Процедура'),
  'data/標準作業手順書.txt': text('手順'),
  'data/절차서.txt': text('절차'),
  'data/إجراء التشغيل.txt': text('إجراء'),
  'data/נוהל עבודה.txt': text('נוהל'),
  'data/प्रक्रिया.txt': text('प्रक्रिया'),
  'data/ขั้นตอน.txt': text('ขั้นตอน'),
  'data/🧪 lab 👩‍🔬.txt': text('emoji'),
  'data/empty too.bin': Buffer.alloc(0),
};

export const hashesOf = (files: Files): Hashes =>
  Object.fromEntries(Object.entries(files).map(([name, bytes]) => [name, sha256(bytes)]));

export function sourcesOf(files: Files): EntrySource[] {
  const modifiedAt = new Date('2026-03-01T09:30:01Z');
  return Object.entries(files).map(([name, bytes]) => sourceOfBytes(name, bytes, modifiedAt));
}

/** Writes an archive of the sources to a file. */
export function writeZip(path: string, sources: Iterable<EntrySource>, options: PrefetchOptions = {}): Promise<void> {
  return writeArchiveFile(path, sources, options);
}
