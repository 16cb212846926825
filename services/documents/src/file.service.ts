import { AppError, type FileContent, type Payload, type Reply } from '@account-backups/contracts';
import { Injectable } from '@nestjs/common';
import { FilesRepository } from './files.repository.js';

@Injectable()
export class FileService {
  constructor(private readonly files: FilesRepository) {}

  getFile({ accountId, fileId }: Payload<'documents.get-file'>): Promise<Reply<'documents.get-file'>> {
    return this.files.find(accountId, fileId);
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
    if (await this.files.insert(accountId, file)) return { registered: true };
    if (lostKey !== undefined && (await this.files.replaceLost(accountId, file, lostKey))) return { registered: true };
    const known = await this.files.find(accountId, file.fileId);
    if (known && sameContent(known, file)) return { registered: known.objectKey === file.objectKey };
    throw new AppError('FILE_CONTENT_DIFFERS', `file ${file.fileId} is known with other content than what came now`, {
      details: { fileId: file.fileId, knownSizeBytes: known?.sizeBytes, knownSha256: known?.sha256 },
    });
  }
}

function sameContent(a: FileContent, b: FileContent): boolean {
  return a.sha256 === b.sha256 && a.sizeBytes === b.sizeBytes;
}
