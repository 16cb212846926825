// A documents service on its own real database, without a bus.
import {
  registeredDocument,
  type FileContent,
  type RegisteredDocument,
  type Reply,
  type Selection,
} from '@account-backups/contracts';
import { database as definition } from '@account-backups/documents/database.js';
import { DocumentService } from '@account-backups/documents/register/document.service.js';
import { DocumentsRepository } from '@account-backups/documents/register/documents.repository.js';
import { FileService } from '@account-backups/documents/files/file.service.js';
import { FilesRepository } from '@account-backups/documents/files/files.repository.js';
import { SelectionsRepository } from '@account-backups/documents/register/selections.repository.js';
import { UnfiledRepository } from '@account-backups/documents/unfiled/unfiled.repository.js';
import { UnfiledService } from '@account-backups/documents/unfiled/unfiled.service.js';
import { Trail } from '@account-backups/service-kit';
import type { DataSource } from 'typeorm';
import { migratedDatabase } from '../../support/migrated-database.js';
import { SetClock } from '../../support/set-clock.js';
import { ToldBus } from '../../support/told-bus.js';

export interface Register {
  readonly documents: DocumentService;
  readonly files: FileService;
  readonly unfiled: UnfiledService;
  readonly database: DataSource;
  readonly clock: SetClock;
  /** As a change that begins now. */
  upsert(accountId: string, documents: RegisteredDocument[]): Promise<Reply<'documents.upsert'>>;
  delete(accountId: string, documentIds: string[]): Promise<Reply<'documents.delete'>>;
  close(): Promise<void>;
}

/** `quotaMib` bounds the contents of each account. */
export async function openRegister(quotaMib?: number): Promise<Register> {
  const { pool: database, close } = await migratedDatabase(definition);
  const [bus, clock] = [new ToldBus(), new SetClock('2026-03-01T12:00:00Z')];
  const written = new DocumentsRepository(database, new Trail(database, bus));
  const documents = new DocumentService(written, new SelectionsRepository(database), clock);
  return {
    documents,
    upsert: async (accountId, given) =>
      documents.upsert({ accountId, ...(await documents.beginChange()), documents: given }),
    delete: async (accountId, documentIds) =>
      documents.delete({ accountId, ...(await documents.beginChange()), documentIds }),
    files: new FileService(new FilesRepository(database), { ACCOUNT_QUOTA_MIB: quotaMib }),
    unfiled: new UnfiledService(new UnfiledRepository(database)),
    database,
    clock,
    close,
  };
}

type DocumentInput = Partial<Omit<RegisteredDocument, 'versions'>> & { readonly versions?: readonly VersionInput[] };
type VersionInput = Partial<RegisteredDocument['versions'][number]>;

/** A document; the test names only the fields that matter to it. */
export function document(documentId: string, { versions = [], ...fields }: DocumentInput = {}): RegisteredDocument {
  return registeredDocument.parse({
    documentId,
    index: 'SOP-1',
    title: 'Cleaning of vessels',
    type: 'SOP',
    orgUnitIds: ['quality'],
    ...fields,
    versions: versions.map((version, at) => ({
      versionId: `v${at}`,
      number: String(at),
      state: 'authorised',
      createdAt: '2026-01-01T00:00:00.000Z',
      ...version,
    })),
  });
}

export function file(fileId: string, fields: Partial<FileContent> = {}): FileContent {
  return { fileId, objectKey: `contents/${fileId}`, sizeBytes: 100, sha256: 'a'.repeat(64), crc32: 7, ...fields };
}

export const everything: Selection = {
  orgUnitIds: ['quality'],
  includeActive: true,
  includeInactive: true,
  excludeSuperseded: false,
};
