import type { Payload, Reply } from '@account-backups/contracts';
import { Clock } from '@account-backups/service-kit';
import { Injectable } from '@nestjs/common';
import { DocumentsRepository } from './documents.repository.js';
import { SelectionsRepository } from './selections.repository.js';

const BATCH = 100;

@Injectable()
export class DocumentService {
  constructor(
    private readonly documents: DocumentsRepository,
    private readonly selections: SelectionsRepository,
    private readonly clock: Clock,
  ) {}

  async beginChange(): Promise<Reply<'documents.begin-change'>> {
    return { turn: await this.documents.nextTurn() };
  }

  async upsert({ documents, ...change }: Payload<'documents.upsert'>): Promise<Reply<'documents.upsert'>> {
    return this.documents.upsert({ ...change, at: await this.clock.now() }, documents);
  }

  async delete({ documentIds, ...change }: Payload<'documents.delete'>): Promise<Reply<'documents.delete'>> {
    return { deleted: await this.documents.delete({ ...change, at: await this.clock.now() }, documentIds) };
  }

  /** Tells the trail of calls that were broken off. Safe to repeat. */
  async noteBrokenOff(): Promise<void> {
    const now = await this.clock.now();
    while ((await this.documents.noteBrokenOff(now, BATCH)) === BATCH);
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
