import type {
  FileContent,
  RegisteredDocument,
  Reply,
  Selection,
  UnfiledDocument,
  UnfiledSelection,
} from '@account-backups/contracts';
import { Bus } from '@account-backups/messaging';
import { Injectable } from '@nestjs/common';

const PAGE_DOCUMENTS = 500;
const PAGE_UNFILED = 200;

interface Page {
  readonly documents: readonly RegisteredDocument[];
  readonly contents: ReadonlyMap<string, FileContent>;
}

/** Pages through the documents of a selection, in the order of their ids. */
@Injectable()
export class DocumentPages {
  constructor(private readonly bus: Bus) {}

  /** Fetches the next page while one is worked on. Memory: two pages. */
  async *of(accountId: string, selection: Selection): AsyncGenerator<Page> {
    let next: Promise<Reply<'documents.list-page'>> | null = this.page(accountId, selection, null);
    while (next) {
      const page: Reply<'documents.list-page'> = await next;
      const { documents, files, nextDocumentId } = page;
      next = nextDocumentId === null ? null : this.page(accountId, selection, nextDocumentId);
      // Thrown where it is awaited; until then it must not count as unhandled.
      next?.catch(() => undefined);
      yield { documents, contents: new Map(files.map((file) => [file.fileId, file])) };
    }
  }

  /** Documents that lie in no known OU, in an order of their own. Memory: a page. */
  async *unfiled(accountId: string, selection: UnfiledSelection): AsyncGenerator<UnfiledDocument> {
    let cursor: string | null = null;
    do {
      const question = { accountId, selection, limit: PAGE_UNFILED, cursor };
      const page: Reply<'documents.list-unfiled'> = await this.bus.request('documents.list-unfiled', question);
      yield* page.items;
      cursor = page.nextCursor;
    } while (cursor !== null);
  }

  private page(
    accountId: string,
    selection: Selection,
    afterDocumentId: string | null,
  ): Promise<Reply<'documents.list-page'>> {
    return this.bus.request('documents.list-page', { accountId, selection, afterDocumentId, limit: PAGE_DOCUMENTS });
  }
}
