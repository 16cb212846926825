import { TrailOutboxEntity, type ServiceDatabase } from '@account-backups/database';
import { KeepTrail1796600000100 } from './migrations/1796600000100-keep-trail.js';
import { AccountContentsEntity } from './rows/account-contents.entity.js';
import { DeletedDocumentEntity } from './rows/deleted-document.entity.js';
import { DocumentBodyEntity } from './rows/document-body.entity.js';
import { DocumentFileEntity } from './rows/document-file.entity.js';
import { DocumentEntity } from './rows/document.entity.js';
import { OpenCallEntity } from './rows/open-call.entity.js';
import { FileEntity } from './rows/file.entity.js';
import { FindObjects1795400000100 } from './migrations/1795400000100-find-objects.js';
import { KeepRevisions1795600000100 } from './migrations/1795600000100-keep-revisions.js';
import { FindUnfiled1795600000110 } from './migrations/1795600000110-find-unfiled.js';
import { CreateDocuments1795000000100 } from './migrations/1795000000100-create-documents.js';
import { SumContents1795700000100 } from './migrations/1795700000100-sum-contents.js';
import { TakeTurns1795500000100 } from './migrations/1795500000100-take-turns.js';

export const database: ServiceDatabase = {
  schema: 'documents',
  entities: [
    DocumentEntity,
    DocumentBodyEntity,
    DocumentFileEntity,
    DeletedDocumentEntity,
    FileEntity,
    AccountContentsEntity,
    OpenCallEntity,
    TrailOutboxEntity,
  ],
  migrations: [
    CreateDocuments1795000000100,
    FindObjects1795400000100,
    TakeTurns1795500000100,
    KeepRevisions1795600000100,
    FindUnfiled1795600000110,
    SumContents1795700000100,
    KeepTrail1796600000100,
  ],
};
