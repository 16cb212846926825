import type { ChildProcess } from 'node:child_process';
import type { FileContent, Payload, RegisteredDocument } from '@account-backups/contracts';
import type { ObjectStore } from '@account-backups/object-store';
import type { Client } from 'pg';

export interface YardDocuments {
  readonly count: number;
  /** Known without asking each document. */
  readonly sizeBytes?: number;
  /** As many as documents unless it says otherwise. */
  readonly fileCount?: number;
  document(number: number): RegisteredDocument;
  content(number: number): FileContent | null;
}

export interface YardBuilder {
  readonly child: ChildProcess;
  readonly pid: number;
  /** What it logged so far. */
  readonly events: readonly ({ readonly event?: string } & Readonly<Record<string, unknown>>)[];
  kill(signal?: NodeJS.Signals): Promise<void>;
}

export type Outcome =
  | ({ readonly status: 'completed' } & Payload<'archive.built'>)
  | ({ readonly status: 'failed' } & Payload<'archive.failed'>)
  | ({ readonly status: 'deleted' } & Payload<'archive.deleted'>);

export interface Yard {
  readonly store: ObjectStore;
  /** Of the builders' database. */
  readonly sql: Client;
  readonly builders: readonly YardBuilder[];
  /** How backups ended, as it was said, as often as it was said. */
  readonly outcomes: ReadonlyMap<string, readonly Outcome[]>;
  readonly progress: ReadonlyMap<string, readonly Payload<'archive.progressed'>[]>;
  readonly asked: { readonly pages: number };
  order(accountId: string, documents: YardDocuments, password?: string): Promise<string>;
  end(accountId: string, backupId: string): Promise<void>;
  /** Jobs to build a segment, in the queue or in hand. */
  jobsWaiting(): Promise<number>;
  startBuilder(settings?: Readonly<Record<string, string>>): Promise<YardBuilder>;
  close(): Promise<void>;
}

export interface YardFile {
  readonly fileName?: string;
  readonly content: FileContent | null;
}

export function openYard(options?: {
  readonly objectStoreUrl?: string;
  readonly settings?: Readonly<Record<string, string>>;
}): Promise<Yard>;
export function putFile(store: ObjectStore, accountId: string, fileId: string, content: Buffer): Promise<FileContent>;
export function putContent(
  store: ObjectStore,
  accountId: string,
  fileId: string,
  stream: AsyncIterable<Buffer>,
): Promise<FileContent>;
export function contentFacts(fileId: string, objectKey: string, content: Buffer): FileContent;
export function documentsOf(files: readonly YardFile[]): YardDocuments;
export function documentOf(number: number, fileName: string | null): RegisteredDocument;
