import type { Payload, Reply } from '@account-backups/contracts';
import { Injectable } from '@nestjs/common';
import { DocumentsRepository } from './documents.repository.js';
import { SelectionsRepository } from './selections.repository.js';

@Injectable()
export class DocumentService {
  constructor(
    private readonly documents: DocumentsRepository,
    private readonly selections: SelectionsRepository,
  ) {}

  async upsert({ accountId, documents }: Payload<'documents.upsert'>): Promise<Reply<'documents.upsert'>> {
    await this.documents.upsert(accountId, documents);
    return { accepted: documents.length };
  }

  async delete({ accountId, documentIds }: Payload<'documents.delete'>): Promise<Reply<'documents.delete'>> {
    return { deleted: await this.documents.delete(accountId, documentIds) };
  }

  measure({ accountId, selection }: Payload<'documents.measure'>): Promise<Reply<'documents.measure'>> {
    return this.selections.measure(accountId, selection);
  }

  listPage(question: Payload<'documents.list-page'>): Promise<Reply<'documents.list-page'>> {
    return this.selections.page(question);
  }
}
