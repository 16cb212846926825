import { createReadStream } from 'node:fs';
import { AppError, type RegisteredDocument } from '@account-backups/contracts';
import type { ApiClient } from '../system/api-client.js';

/** An account's documents and files, as the gateway tells of them and takes them. */
export class Register {
  private readonly base: string;

  constructor(
    private readonly gateway: Pick<ApiClient, 'json'>,
    accountId: string,
  ) {
    this.base = `/api/v1/provisioning/accounts/${accountId}`;
  }

  /** Why there is no such OU; undefined if there is. */
  async orgUnitFault(orgUnitId: string): Promise<string | undefined> {
    try {
      await this.gateway.json({ method: 'GET', path: `${this.base}/org-units/${orgUnitId}` });
      return undefined;
    } catch (error) {
      if (AppError.is(error, 'NOT_FOUND')) return error.message;
      throw error;
    }
  }

  document(documentId: string): Promise<RegisteredDocument | undefined> {
    return this.found<RegisteredDocument>(`documents/${documentId}`);
  }

  /** Of the content that is stored under the id. */
  async sha256Of(fileId: string): Promise<string | undefined> {
    return (await this.found<{ readonly sha256: string }>(`files/${fileId}`))?.sha256;
  }

  /** Throws `FILE_CONTENT_DIFFERS` when the file is no longer what it was. */
  async putFile(fileId: string, location: string, sha256: string): Promise<void> {
    const stored = (await this.gateway.json({
      method: 'PUT',
      path: `${this.base}/files/${fileId}`,
      contentType: 'application/octet-stream',
      body: () => createReadStream(location),
    })) as { readonly sha256?: string };
    if (stored.sha256 !== sha256) throw new AppError('FILE_CONTENT_DIFFERS', 'the file changed while it was read');
  }

  async putDocument(document: RegisteredDocument): Promise<void> {
    const answer = (await this.gateway.json({
      method: 'POST',
      path: `${this.base}/documents`,
      contentType: 'application/x-ndjson',
      body: () => `${JSON.stringify(document)}\n`,
    })) as { readonly rejected: readonly { readonly message: string }[] };
    const [rejection] = answer.rejected;
    if (rejection) throw new AppError('VALIDATION_FAILED', rejection.message);
  }

  private async found<T>(path: string): Promise<T | undefined> {
    try {
      return (await this.gateway.json({ method: 'GET', path: `${this.base}/${path}` })) as T;
    } catch (error) {
      if (AppError.is(error, 'NOT_FOUND')) return undefined;
      throw error;
    }
  }
}
