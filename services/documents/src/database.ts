import type { ServiceDatabase } from '@account-backups/database';
import { DocumentBodyEntity } from './document-body.entity.js';
import { DocumentFileEntity } from './document-file.entity.js';
import { DocumentEntity } from './document.entity.js';
import { FileEntity } from './file.entity.js';
import { FindObjects1795400000100 } from './migrations/1795400000100-find-objects.js';
import { CreateDocuments1795000000100 } from './migrations/1795000000100-create-documents.js';

export const database: ServiceDatabase = {
  schema: 'documents',
  entities: [DocumentEntity, DocumentBodyEntity, DocumentFileEntity, FileEntity],
  migrations: [CreateDocuments1795000000100, FindObjects1795400000100],
};
