import type { FileContent, RegisteredDocument, Selection } from '@account-backups/contracts';
import { Bus } from '@account-backups/messaging';
import { Injectable } from '@nestjs/common';

const PAGE_DOCUMENTS = 500;

interface Page {
  readonly documents: readonly RegisteredDocument[];
  readonly contents: ReadonlyMap<string, FileContent>;
}

/** Pages through the documents of a selection, in the order of their ids. */
@Injectable()
export class DocumentPages {
  constructor(private readonly bus: Bus) {}

  async *of(accountId: string, selection: Selection): AsyncGenerator<Page> {
    let afterDocumentId: string | null = null;
    do {
      const page: Awaited<ReturnType<DocumentPages['page']>> = await this.page(accountId, selection, afterDocumentId);
      yield { documents: page.documents, contents: new Map(page.files.map((file) => [file.fileId, file])) };
      afterDocumentId = page.nextDocumentId;
    } while (afterDocumentId !== null);
  }

  private page(accountId: string, selection: Selection, afterDocumentId: string | null) {
    return this.bus.request('documents.list-page', { accountId, selection, afterDocumentId, limit: PAGE_DOCUMENTS });
  }
}
