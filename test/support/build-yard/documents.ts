// The documents of a backup as the register would list them, and their contents in the store.
import { createHash } from 'node:crypto';
import { Readable } from 'node:stream';
import { crc32 } from 'node:zlib';
import type { FileContent, RegisteredDocument } from '@account-backups/contracts';
import { fileKey, randomKeyPart, type ObjectStore } from '@account-backups/object-store';

export interface YardDocuments {
  readonly count: number;
  /** Known without asking each document. */
  readonly sizeBytes?: number;
  /** Documents that lie in no OU: this many. */
  readonly unfiledCount?: number;
  /** As many as documents unless it says otherwise. */
  readonly fileCount?: number;
  /** OUs of the backup beside the one that all documents lie in, which is a root. */
  readonly moreOrgUnits?: readonly {
    readonly name: string;
    readonly parentOrgUnitId: string | null;
    readonly orgUnitId: string;
  }[];
  document(number: number): RegisteredDocument;
  /** What the register knows of its file; null: it never came. */
  content(number: number): FileContent | null;
}

export interface YardFile {
  readonly fileName?: string;
  readonly content: FileContent | null;
}

/** Documents of one file each. */
export function documentsOf(files: readonly YardFile[]): YardDocuments {
  return {
    count: files.length,
    document: (number) => documentOf(number, files[number]?.fileName ?? `file-${number}.bin`),
    content: (number) => files[number]?.content ?? null,
  };
}

/** A document of one version, and of one file unless its name is null. */
export function documentOf(number: number, fileName: string | null): RegisteredDocument {
  const version = {
    versionId: `v-${number}`,
    number: '1.0',
    state: 'authorised' as const,
    createdAt: '2026-03-01T12:00:00Z',
    fileId: fileName === null ? null : `f-${number}`,
    fileName,
    mediaType: 'application/octet-stream',
    attachments: [],
  };
  return {
    documentId: `d-${String(number).padStart(9, '0')}`,
    index: `SOP-${number}`,
    title: `Procedure ${number}`,
    type: 'SOP',
    active: true,
    orgUnitIds: ['unit'],
    owners: [],
    authors: [],
    versions: [version],
  };
}

/** Stores the content of a file, and gives what the register knows of it. */
export async function putFile(
  store: ObjectStore,
  accountId: string,
  fileId: string,
  content: Buffer,
): Promise<FileContent> {
  const objectKey = fileKey(accountId, randomKeyPart());
  await store.put(objectKey, content);
  return contentFacts(fileId, objectKey, content);
}

/** As `putFile`, of a stream. */
export async function putContent(
  store: ObjectStore,
  accountId: string,
  fileId: string,
  stream: AsyncIterable<Buffer>,
): Promise<FileContent> {
  const objectKey = fileKey(accountId, randomKeyPart());
  const hash = createHash('sha256');
  const seen = { crc32: 0, sizeBytes: 0 };
  async function* metered(): AsyncGenerator<Buffer> {
    for await (const chunk of stream) {
      hash.update(chunk);
      seen.crc32 = crc32(chunk, seen.crc32);
      seen.sizeBytes += chunk.length;
      yield chunk;
    }
  }
  await store.put(objectKey, Readable.from(metered()));
  return { fileId, objectKey, ...seen, sha256: hash.digest('hex') };
}

export function contentFacts(fileId: string, objectKey: string, content: Buffer): FileContent {
  const sha256 = createHash('sha256').update(content).digest('hex');
  return { fileId, objectKey, sizeBytes: content.length, sha256, crc32: crc32(content) };
}
