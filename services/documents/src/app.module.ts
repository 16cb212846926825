import { DatabaseModule } from '@account-backups/database';
import { Module, type DynamicModule } from '@nestjs/common';
import { CONFIG, type DocumentsConfig } from './config.js';
import { database } from './database.js';
import { DocumentController } from './document.controller.js';
import { DocumentService } from './document.service.js';
import { DocumentsRepository } from './documents.repository.js';
import { FileController } from './file.controller.js';
import { FileService } from './file.service.js';
import { FilesRepository } from './files.repository.js';
import { SelectionsRepository } from './selections.repository.js';
import { UnfiledRepository } from './unfiled.repository.js';
import { UnfiledService } from './unfiled.service.js';

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
