// A host system: sends new contents and the documents that name them, changes documents and deletes them. One for each
// account, one act after the other, so that what was acknowledged last is clear.
import { happens, numbersFor, oneOf, type Random } from '../../../support/seeded.js';
import type { Answer } from '../call.js';
import type { DocumentDeed, FileEntry } from '../journal.js';
import { changed, contentOf, drawnSize, newDocument, sha256Of, withAttachment, type HostDocument } from '../world.js';
import { host, jsonBody, type Caller, type StormClient } from './caller.js';

/** An account stays as small as it began, however long the storm: it is about many backups. */
const MAX_DOCUMENTS = 60;

export class HostClient implements StormClient {
  readonly pauseMs = [200, 1_200] as const;
  readonly random: Random;
  private documents = 0;
  private files = 0;

  constructor(
    private readonly caller: Caller,
    private readonly accountId: string,
    private readonly options: { readonly seed: number; readonly isLarge: boolean },
  ) {
    this.random = numbersFor(options.seed, `host of ${accountId}`);
  }

  async act(): Promise<void> {
    const drawn = this.random(100);
    if (drawn < 25) return this.known().length < MAX_DOCUMENTS ? this.addDocument() : this.deleteDocument();
    if (drawn < 60) return this.changeDocument();
    if (drawn < 70) return this.deleteDocument();
    if (drawn < 80) return this.attach();
    if (drawn < 92) return this.sendAgain();
    return this.sendOtherContent();
  }

  /** A new content and then the document that names it. */
  async addDocument(): Promise<void> {
    const fileId = await this.sendFile();
    this.documents += 1;
    await this.register([newDocument(`doc-${this.documents}`, fileId, this.random)]);
  }

  /** The documents that an account begins with, in one go; gives whether all were accepted. */
  async begin(count: number, namedByAll: string): Promise<boolean> {
    const documents: HostDocument[] = [];
    for (let number = 1; number <= count; number += 1) {
      const fileId = await this.sendFile();
      this.documents += 1;
      documents.push(newDocument(`doc-${this.documents}`, fileId, this.random));
    }
    const [first, ...others] = documents;
    const all = first ? [withAttachment(first, namedByAll), ...others] : [];
    const sent = Array.from(this.caller.journal.filesOf(this.accountId).values());
    const isStored = sent.every(({ attempts }) => attempts.some(({ effect }) => effect === 'done'));
    return (await this.register(all)).effect === 'done' && isStored;
  }

  private async changeDocument(): Promise<void> {
    const known = this.someDocument();
    if (!known) return;
    const newFileId = happens(50, this.random) ? await this.sendFile() : null;
    await this.register([changed(known, newFileId, this.random)]);
  }

  private async attach(): Promise<void> {
    const known = this.someDocument();
    if (known) await this.register([withAttachment(known, await this.sendFile())]);
  }

  private async deleteDocument(): Promise<void> {
    const known = this.someDocument();
    if (!known) return;
    const answer = await this.caller.call('POST documents/delete', host(this.random), {
      method: 'POST',
      path: `${this.path}/documents/delete`,
      body: jsonBody({ documentIds: [known.documentId] }),
    });
    this.note(known.documentId, null, answer);
  }

  private async sendFile(): Promise<string> {
    this.files += 1;
    const fileId = `file-${this.files}`;
    const content = contentOf(this.accountId, fileId, drawnSize(this.options.isLarge, this.random));
    const { accountId } = this;
    const file: FileEntry = { accountId, fileId, sizeBytes: content.length, sha256: sha256Of(content), attempts: [] };
    this.caller.journal.filesOf(accountId).set(fileId, file);
    // As a host does: the same again until it knows, though not for ever.
    for (let attempt = 1; attempt <= 3; attempt += 1) {
      const { effect } = await this.send(file, content);
      if (effect !== 'unknown') break;
    }
    return fileId;
  }

  private async send(file: FileEntry, content: Buffer): Promise<Answer> {
    const { fileId, sizeBytes, sha256 } = file;
    const path = `${this.path}/files/${fileId}`;
    const type = 'application/octet-stream';
    const answer = await this.caller.call('PUT file', host(this.random), { method: 'PUT', path, body: content, type });
    file.attempts.push(answer);
    const stored = answer.body as { sizeBytes?: number; sha256?: string } | undefined;
    if (answer.effect === 'done' && (stored?.sha256 !== sha256 || stored.sizeBytes !== sizeBytes)) {
      const expected = { sizeBytes, sha256 };
      this.caller.journal.findings.push({
        kind: 'wrong-upload',
        what: 'PUT file',
        where: path,
        expected,
        found: stored,
      });
    }
    return answer;
  }

  private async sendAgain(): Promise<void> {
    const file = this.someFile();
    if (file) await this.send(file, contentOf(this.accountId, file.fileId, file.sizeBytes));
  }

  private async sendOtherContent(): Promise<void> {
    const file = this.someFile();
    if (!file?.attempts.some(({ effect }) => effect === 'done')) return;
    const body = Buffer.from('This is not what was sent before.');
    const path = `${this.path}/files/${file.fileId}`;
    const type = 'application/octet-stream';
    await this.caller.call('PUT other content', host(this.random), { method: 'PUT', path, body, type });
  }

  private async register(documents: readonly HostDocument[]): Promise<Answer> {
    const path = `${this.path}/documents`;
    const body = Buffer.from(documents.map((document) => JSON.stringify(document)).join('\n'));
    const answer = await this.caller.call('POST documents', host(this.random), {
      method: 'POST',
      path,
      body,
      type: 'application/x-ndjson',
    });
    for (const document of documents) this.note(document.documentId, document, answer);
    const { accepted } = (answer.body ?? {}) as { accepted?: number };
    if (answer.effect === 'done' && accepted !== documents.length) {
      const [what, expected, found] = ['POST documents', { accepted: documents.length }, answer.body];
      this.caller.journal.findings.push({ kind: 'document-rejected', what, where: path, expected, found });
    }
    return answer;
  }

  private note(documentId: string, value: HostDocument | null, { sentAt, doneAt, effect }: Answer): void {
    this.caller.journal.documentDeeds(this.accountId, documentId).push({ sentAt, doneAt, effect, value });
  }

  /** What the host believes to be registered: by the last act that was not refused. */
  private known(): readonly HostDocument[] {
    const deeds = Array.from(this.caller.journal.documents.get(this.accountId)?.values() ?? []);
    return deeds.flatMap((each) => lastOf(each)?.value ?? []);
  }

  private someDocument(): HostDocument | null {
    const known = this.known();
    return known.length === 0 ? null : oneOf(known, this.random);
  }

  private someFile(): FileEntry | null {
    const sent = Array.from(this.caller.journal.filesOf(this.accountId).values());
    return sent.length === 0 ? null : oneOf(sent, this.random);
  }

  private get path(): string {
    return `/api/v1/provisioning/accounts/${this.accountId}`;
  }
}

function lastOf(deeds: readonly DocumentDeed[]): DocumentDeed | undefined {
  return deeds.findLast(({ effect }) => effect !== 'refused');
}
