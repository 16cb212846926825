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

  async beginChange(): Promise<Reply<'documents.begin-change'>> {
    return { turn: await this.documents.nextTurn() };
  }

  upsert({ accountId, turn, documents }: Payload<'documents.upsert'>): Promise<Reply<'documents.upsert'>> {
    return this.documents.upsert(accountId, turn, documents);
  }

  async delete({ accountId, turn, documentIds }: Payload<'documents.delete'>): Promise<Reply<'documents.delete'>> {
    return { deleted: await this.documents.delete(accountId, turn, documentIds) };
  }

  getDocument({ accountId, documentId }: Payload<'documents.get-document'>): Promise<Reply<'documents.get-document'>> {
    return this.documents.find(accountId, documentId);
  }

  measure({ accountId, selection }: Payload<'documents.measure'>): Promise<Reply<'documents.measure'>> {
    return this.selections.measure(accountId, selection);
  }

  listPage(question: Payload<'documents.list-page'>): Promise<Reply<'documents.list-page'>> {
    return this.selections.page(question);
  }
}
