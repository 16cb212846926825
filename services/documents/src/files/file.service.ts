import { AppError, MIB, type FileContent, type Payload, type Reply } from '@account-backups/contracts';
import { Inject, Injectable } from '@nestjs/common';
import { CONFIG, type DocumentsConfig } from '../config.js';
import { FilesRepository } from './files.repository.js';

@Injectable()
export class FileService {
  private readonly quotaBytes: number;

  constructor(
    private readonly files: FilesRepository,
    @Inject(CONFIG) { ACCOUNT_QUOTA_MIB: quota }: Pick<DocumentsConfig, 'ACCOUNT_QUOTA_MIB'>,
  ) {
    this.quotaBytes = quota === undefined ? Infinity : quota * MIB;
  }

  /** With the size of what is to come, throws `QUOTA_EXCEEDED` for a new file that the account has no room for. */
  async getFile({ accountId, fileId, newBytes }: Payload<'documents.get-file'>): Promise<Reply<'documents.get-file'>> {
    const known = await this.files.find(accountId, fileId);
    if (known || newBytes === undefined || this.quotaBytes === Infinity) return known;
    this.refuseBeyondQuota((await this.files.sizeOfAccount(accountId)) + newBytes);
    return null;
  }

  async findRegistered({
    objectKeys,
  }: Payload<'documents.find-registered'>): Promise<Reply<'documents.find-registered'>> {
    return { registered: await this.files.registeredAmong(objectKeys) };
  }

  /**
   * A repeated call for the object that was kept answers `registered: true` again; otherwise the caller would delete it
   * as a needless copy.
   */
  async registerFile({
    accountId,
    file,
    lostKey,
  }: Payload<'documents.register-file'>): Promise<Reply<'documents.register-file'>> {
    const admit = (accountBytes: number) => this.refuseBeyondQuota(accountBytes);
    if (await this.files.insert(accountId, file, admit)) return { registered: true };
    if (lostKey !== undefined && (await this.files.replaceLost(accountId, file, lostKey))) return { registered: true };
    const known = await this.files.find(accountId, file.fileId);
    if (known && sameContent(known, file)) return { registered: known.objectKey === file.objectKey };
    throw new AppError('FILE_CONTENT_DIFFERS', `file ${file.fileId} is known with other content than what came now`, {
      details: { fileId: file.fileId, knownSizeBytes: known?.sizeBytes, knownSha256: known?.sha256 },
    });
  }

  private refuseBeyondQuota(accountBytes: number): void {
    if (accountBytes <= this.quotaBytes) return;
    throw new AppError('QUOTA_EXCEEDED', `the account may have ${this.quotaBytes} bytes of contents`);
  }
}

function sameContent(a: FileContent, b: FileContent): boolean {
  return a.sha256 === b.sha256 && a.sizeBytes === b.sizeBytes;
}
