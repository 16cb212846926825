import { DatabaseModule } from '@account-backups/database';
import { Trail } from '@account-backups/service-kit';
import { Module, type DynamicModule } from '@nestjs/common';
import { CONFIG, type DocumentsConfig } from './config.js';
import { database } from './database.js';
import { DocumentController } from './register/document.controller.js';
import { DocumentService } from './register/document.service.js';
import { DocumentsRepository } from './register/documents.repository.js';
import { FileController } from './files/file.controller.js';
import { FileService } from './files/file.service.js';
import { FilesRepository } from './files/files.repository.js';
import { SelectionsRepository } from './register/selections.repository.js';
import { UnfiledRepository } from './unfiled/unfiled.repository.js';
import { UnfiledService } from './unfiled/unfiled.service.js';

@Module({})
export class AppModule {
  static with(config: DocumentsConfig): DynamicModule {
    return {
      module: AppModule,
      imports: [
        DatabaseModule.forService({ ...database, url: config.DATABASE_URL, poolSize: config.DATABASE_POOL_SIZE }),
      ],
      controllers: [DocumentController, FileController],
      providers: [
        Trail,
        { provide: CONFIG, useValue: config },
        DocumentService,
        FileService,
        UnfiledService,
        DocumentsRepository,
        FilesRepository,
        SelectionsRepository,
        UnfiledRepository,
      ],
    };
  }
}
