import type { Payload, Reply } from '@account-backups/contracts';
import { OnRequest } from '@account-backups/messaging';
import { Controller } from '@nestjs/common';
import { FileService } from './file.service.js';

@Controller()
export class FileController {
  constructor(private readonly files: FileService) {}

  @OnRequest('documents.get-file')
  getFile(payload: Payload<'documents.get-file'>): Promise<Reply<'documents.get-file'>> {
    return this.files.getFile(payload);
  }

  @OnRequest('documents.register-file')
  registerFile(payload: Payload<'documents.register-file'>): Promise<Reply<'documents.register-file'>> {
    return this.files.registerFile(payload);
  }

  @OnRequest('documents.find-registered')
  findRegistered(payload: Payload<'documents.find-registered'>): Promise<Reply<'documents.find-registered'>> {
    return this.files.findRegistered(payload);
  }
}
