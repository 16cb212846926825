import { TrailOutboxEntity, type ServiceDatabase } from '@account-backups/database';
import { KeepTrail1796600000000 } from './migrations/1796600000000-keep-trail.js';
import { BackupEntity } from './rows/backup.entity.js';
import { CreateBackups1795000000000 } from './migrations/1795000000000-create-backups.js';
import { FindSealed1796300000000 } from './migrations/1796300000000-find-sealed.js';
import { KeepCounts1795300000000 } from './migrations/1795300000000-keep-counts.js';
import { NoteWaiting1795500000000 } from './migrations/1795500000000-note-waiting.js';
import { ShareScopes1795200000000 } from './migrations/1795200000000-share-scopes.js';
import { ScopeEntity } from './rows/scope.entity.js';

export const database: ServiceDatabase = {
  schema: 'backups',
  entities: [BackupEntity, ScopeEntity, TrailOutboxEntity],
  migrations: [
    CreateBackups1795000000000,
    ShareScopes1795200000000,
    KeepCounts1795300000000,
    NoteWaiting1795500000000,
    FindSealed1796300000000,
    KeepTrail1796600000000,
  ],
};
