import { createHash } from 'node:crypto';
import { createReadStream } from 'node:fs';
import { pipeline } from 'node:stream/promises';
import { AppError } from '@account-backups/contracts';
import type { ApiClient } from '../system/api-client.js';
import type { FolderFile } from './folder.js';
import { importedDocument, importIds, type ImportDefaults } from './imported-document.js';

export interface ImportTarget {
  readonly gateway: ApiClient;
  readonly accountId: string;
  readonly defaults: ImportDefaults;
}

/**
 * Sends a file and registers its document. Safe to repeat: ids derive from path and content. The file goes first, so
 * that no backup finds a document whose file is still on its way.
 */
export async function importFile(file: FolderFile, { gateway, accountId, defaults }: ImportTarget): Promise<void> {
  const sha256 = await sha256Of(file.location);
  const content = { ...file, sha256 };
  const document = importedDocument(content, file.metadata, defaults);
  const base = `/api/v1/provisioning/accounts/${accountId}`;
  const stored = (await gateway.json({
    method: 'PUT',
    path: `${base}/files/${importIds(content).fileId}`,
    contentType: 'application/octet-stream',
    body: () => createReadStream(file.location),
  })) as { readonly sha256?: string };
  if (stored.sha256 !== sha256) throw new AppError('FILE_CONTENT_DIFFERS', 'the file changed while it was read');
  const answer = (await gateway.json({
    method: 'POST',
    path: `${base}/documents`,
    contentType: 'application/x-ndjson',
    body: () => `${JSON.stringify(document)}\n`,
  })) as { readonly rejected: readonly { readonly message: string }[] };
  const [rejection] = answer.rejected;
  if (rejection) throw new AppError('VALIDATION_FAILED', rejection.message);
}

async function sha256Of(location: string): Promise<string> {
  const hash = createHash('sha256');
  await pipeline(createReadStream(location), hash);
  return hash.digest('hex');
}
