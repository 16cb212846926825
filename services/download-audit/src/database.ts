import type { ServiceDatabase } from '@account-backups/database';
import { ChainEntity } from './chain.entity.js';
import { LinkEntity } from './link.entity.js';
import { CreateLinks1795000000300 } from './migrations/1795000000300-create-links.js';

export const database: ServiceDatabase = {
  schema: 'download_audit',
  entities: [LinkEntity, ChainEntity],
  migrations: [CreateLinks1795000000300],
};
