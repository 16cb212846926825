import type { ServiceDatabase } from '@account-backups/database';
import { BackupEntity } from './backup.entity.js';
import { CreateBackups1795000000000 } from './migrations/1795000000000-create-backups.js';

export const database: ServiceDatabase = {
  schema: 'backups',
  entities: [BackupEntity],
  migrations: [CreateBackups1795000000000],
};
