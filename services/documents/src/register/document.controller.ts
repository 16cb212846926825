import type { Payload, Reply } from '@account-backups/contracts';
import { OnFact, OnRequest } from '@account-backups/messaging';
import { Trail } from '@account-backups/service-kit';
import { Controller } from '@nestjs/common';
import { DocumentService } from './document.service.js';
import { UnfiledService } from '../unfiled/unfiled.service.js';

@Controller()
export class DocumentController {
  constructor(
    private readonly documents: DocumentService,
    private readonly unfiled: UnfiledService,
    private readonly trail: Trail,
  ) {}

  // Safe to repeat: a call that was broken off is told of once, and what waits is looked at.
  @OnFact('schedule.ticked')
  async tick(): Promise<void> {
    await this.documents.noteBrokenOff();
    await this.trail.send();
  }

  @OnRequest('documents.begin-change')
  beginChange(): Promise<Reply<'documents.begin-change'>> {
    return this.documents.beginChange();
  }

  @OnRequest('documents.upsert')
  upsert(payload: Payload<'documents.upsert'>): Promise<Reply<'documents.upsert'>> {
    return this.documents.upsert(payload);
  }

  @OnRequest('documents.delete')
  delete(payload: Payload<'documents.delete'>): Promise<Reply<'documents.delete'>> {
    return this.documents.delete(payload);
  }

  @OnRequest('documents.get-document')
  getDocument(payload: Payload<'documents.get-document'>): Promise<Reply<'documents.get-document'>> {
    return this.documents.getDocument(payload);
  }

  @OnRequest('documents.measure')
  measure(payload: Payload<'documents.measure'>): Promise<Reply<'documents.measure'>> {
    return this.documents.measure(payload);
  }

  @OnRequest('documents.list-unfiled')
  listUnfiled(payload: Payload<'documents.list-unfiled'>): Promise<Reply<'documents.list-unfiled'>> {
    return this.unfiled.listUnfiled(payload);
  }

  @OnRequest('documents.list-page')
  listPage(payload: Payload<'documents.list-page'>): Promise<Reply<'documents.list-page'>> {
    return this.documents.listPage(payload);
  }
}
